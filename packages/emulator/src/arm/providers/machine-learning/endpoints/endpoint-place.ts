import { ONLINE } from './endpoint-types.js';
import type { Store } from '../../../../core/store.js';
import type { WorkspaceResource } from '../../../../core/workspace-resource-rows.js';
import { originOf, type OwnHosts } from '../../../../http/own-hosts.js';
import { INFERENCE_HOST } from '../../../../proxy/virtual-hosts.js';

/**
 * Where an endpoint is called: below `/inference/` of the emulator, by region and name, which in Azure are its host
 * name.
 *
 * @param inAzure - for clients that reach Azure's own hosts, through the proxy
 */
export function scoringAddress(
  hosts: OwnHosts,
  { location, name }: WorkspaceResource,
  inAzure = false,
): string {
  if (inAzure) return `https://${name}.${location ?? ''}.${INFERENCE_HOST}`;
  return `${originOf(hosts)}/inference/${location ?? ''}/${name}`;
}

/** The online endpoint of that name in a region. */
export function findOnlineEndpoint(
  store: Store,
  region: string,
  name: string,
): WorkspaceResource | undefined {
  return store
    .list('workspaceResources')
    .find(
      (row) =>
        row.type === ONLINE.type &&
        row.location === region.toLowerCase() &&
        row.name.toLowerCase() === name.toLowerCase(),
    );
}
