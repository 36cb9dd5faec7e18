import { ownHosts, type OwnHosts } from '../http/own-hosts.js';

/** A service that tokens are issued for. */
export interface TokenResource {
  readonly name: 'arm' | 'graph' | 'machineLearning';
  /** Its application id in every tenant. */
  readonly appId: string;
}

const ARM: TokenResource = { name: 'arm', appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013' };
/** Microsoft Graph. */
export const GRAPH: TokenResource = { name: 'graph', appId: '00000003-0000-0000-c000-000000000000' };
const MACHINE_LEARNING: TokenResource = {
  name: 'machineLearning',
  appId: '0736f41a-0425-4b46-bdb5-1563eff02385',
};

const WELL_KNOWN: Readonly<Record<string, TokenResource>> = {
  'https://management.azure.com': ARM,
  'https://management.core.windows.net': ARM,
  [ARM.appId]: ARM,
  'https://graph.microsoft.com': GRAPH,
  [GRAPH.appId]: GRAPH,
  'https://ml.azure.com': MACHINE_LEARNING,
  [MACHINE_LEARNING.appId]: MACHINE_LEARNING,
};

/**
 * The service behind a resource string or the `aud` of a token. Trailing slashes and case do not
 * matter. The emulator's own origin is Azure Resource Manager: its JavaScript clients, azure-ai-ml
 * and the metadata document ask for it.
 */
export function findResource(hosts: OwnHosts, resource: string): TokenResource | undefined {
  const name = resource.toLowerCase().replace(/\/+$/, '');
  const known = Object.hasOwn(WELL_KNOWN, name) ? WELL_KNOWN[name] : undefined;
  if (known !== undefined) return known;
  for (const host of ownHosts(hosts)) {
    if (name === `https://${host}`) return ARM;
    if (name === `https://${host}/graph`) return GRAPH;
  }
  return undefined;
}

/** Another application id of Azure Machine Learning, by which policies name it. */
const MACHINE_LEARNING_SERVICES = '18a66f5f-dbdf-4c17-9dd7-1634712a9cbe';

/** The application ids of what an audience stands for, in lower case; the usual one first. */
export function resourceAppIds(hosts: OwnHosts, audience: string): readonly string[] {
  const known = findResource(hosts, audience);
  if (known === undefined) return [audience.toLowerCase().replace(/^api:\/\//, '')];
  return known.name === 'machineLearning' ? [MACHINE_LEARNING_SERVICES, known.appId] : [known.appId];
}

/** The audiences of Azure Resource Manager, as its refusals list them. */
export function armAudiences(hosts: OwnHosts): readonly string[] {
  const known = ['https://management.core.windows.net', 'https://management.azure.com'];
  return [...known, ...ownHosts(hosts).map((host) => `https://${host}`)].flatMap((name) => [
    `${name}/`,
    name,
  ]);
}
