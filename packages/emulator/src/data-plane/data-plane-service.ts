import { parseArmPath } from '../arm/parse-arm-path.js';
import { isLocation } from '../arm/providers/resources/locations.js';
import { MACHINE_LEARNING } from '../core/arm-ids.js';
import type { Workspace } from '../core/resource-rows.js';
import { jsonAnswer, Refusal } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { dataPlaneAddress } from './data-plane-address.js';
import { authenticateDataPlane, authorizeDataPlane } from './data-plane-caller.js';
import { DATA_PLANE_LISTS, type DataPlaneList } from './data-plane-lists.js';
import { dataPlaneRefusal } from './data-plane-refusal.js';

/** The services that the discovery document names; here they share one address. */
const SERVICES = [
  'api',
  'experimentation',
  'history',
  'hyperdrive',
  'labeling',
  'modelmanagement',
  'pipelines',
  'studiocoreservices',
] as const;

/**
 * `/data-plane/{region}/…`: the regional host of Azure Machine Learning, as `how-to-manage-rest` of its documentation
 * shows it. `discovery`, which a workspace's `discoveryUrl` leads to, answers everybody; experiments of the run history
 * and models of the model management are for whoever may read them.
 */
export async function dataPlaneService(call: Call): Promise<Response> {
  const [, given = '', service = '', version = '', ...rest] = call.segments;
  const region = given.toLowerCase();
  if (!isLocation(region))
    throw dataPlaneRefusal(404, 'NotFound', `There is no region ${given.slice(0, 200)}.`);
  if (service.toLowerCase() === 'discovery' && version === '') {
    requireGet(call);
    const address = dataPlaneAddress(call.world.hosts, region, call.faces.areAzure);
    return jsonAnswer(200, Object.fromEntries(SERVICES.map((name) => [name, address])));
  }
  const caller = await authenticateDataPlane(call);
  const { list, workspace } = findList(call, region, service, version, rest);
  requireGet(call);
  const decision = authorizeDataPlane(call, caller, workspace, list.action);
  const value = list.items(call.world.store, workspace);
  return jsonAnswer(200, { value, continuationToken: null, nextLink: null }, { 'x-emu-decision': decision });
}

function findList(
  call: Call,
  region: string,
  service: string,
  version: string,
  rest: readonly string[],
): { readonly list: DataPlaneList; readonly workspace: Workspace } {
  const { type, scope } = readPath(rest);
  const [, last] = /^Microsoft\.MachineLearningServices\/workspaces\/(\w+)$/i.exec(type) ?? [];
  const key = `${service}/${last ?? ''}`.toLowerCase();
  const list = Object.hasOwn(DATA_PLANE_LISTS, key) ? DATA_PLANE_LISTS[key] : undefined;
  if (list === undefined || version.toLowerCase() !== 'v1.0') throw nothingHere(call);
  const workspace = call.world.store.get('workspaces', scope);
  if (workspace?.location !== region) {
    const name = scope.split('/').at(-1) ?? '';
    throw dataPlaneRefusal(404, 'NotFound', `There is no workspace ${name.slice(0, 200)} in ${region}.`);
  }
  return { list, workspace };
}

function readPath(segments: readonly string[]): { readonly type: string; readonly scope: string } {
  try {
    const { type, scope, isCollection } = parseArmPath(segments);
    return isCollection ? { type, scope } : { type: '', scope: '' };
  } catch (error) {
    if (error instanceof Refusal) return { type: '', scope: '' };
    throw error;
  }
}

function requireGet({ method }: Call): void {
  if (method === 'GET') return;
  throw dataPlaneRefusal(405, 'MethodNotAllowed', 'Use GET.', { allow: 'GET' });
}

function nothingHere({ segments }: Call): Refusal {
  const path = segments.slice(2).join('/').slice(0, 200);
  return dataPlaneRefusal(
    404,
    'NotFound',
    `The emulator has the discovery document, ${MACHINE_LEARNING} experiments and models, and not /${path}.`,
  );
}
