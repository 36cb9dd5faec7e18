import { GRAPH_HOST, LOGIN_HOST, RESOURCE_MANAGER_HOST, type VirtualHost } from '../proxy/virtual-hosts.js';
import { originOf, type OwnHosts } from './own-hosts.js';

/** Where the parts of the cloud are for whoever asked: base URLs without a slash at the end. */
export interface Faces {
  /** Authority of Microsoft Entra ID. */
  readonly login: string;
  /** What the issuer of v2 tokens begins with. */
  readonly issuer: string;
  readonly resourceManager: string;
  /** Microsoft Graph; versions such as `/v1.0` follow. */
  readonly graph: string;
  /** Pages for people. Their browser need not go through the proxy. */
  readonly pages: string;
  /** Whether the client asked a host of Azure. */
  readonly areAzure: boolean;
}

/**
 * The faces as a client sees them: everything on the origin that it asked, or, where it asked a host of
 * Azure through the proxy, the hosts of Azure.
 *
 * @param origin - what the client asked
 * @param virtual - the host of Azure that this is; undefined for a name of the emulator
 */
export function facesOf(hosts: OwnHosts, origin: string, virtual: VirtualHost | undefined): Faces {
  if (virtual === undefined) {
    return {
      login: origin,
      issuer: origin,
      resourceManager: origin,
      graph: `${origin}/graph`,
      pages: origin,
      areAzure: false,
    };
  }
  const { face } = virtual;
  return {
    login: face === 'login' ? origin : `https://${LOGIN_HOST}`,
    issuer: `https://${LOGIN_HOST}`,
    resourceManager: face === 'resourceManager' ? origin : `https://${RESOURCE_MANAGER_HOST}`,
    graph: face === 'graph' ? origin : `https://${GRAPH_HOST}`,
    pages: originOf(hosts),
    areAzure: true,
  };
}
