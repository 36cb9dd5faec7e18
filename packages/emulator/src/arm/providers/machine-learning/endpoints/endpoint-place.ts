import { ONLINE } from './endpoint-types.js';
import type { Store } from '../../../../core/store.js';
import type { WorkspaceResource } from '../../../../core/workspace-resource-rows.js';
import { originOf, type OwnHosts } from '../../../../http/own-hosts.js';

/** Where an endpoint is called: below `/inference/` of the emulator, by region and name, which in Azure are its host name. */
export function scoringAddress(hosts: OwnHosts, { location, name }: WorkspaceResource): string {
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
