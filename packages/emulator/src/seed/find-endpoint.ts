import { ONLINE } from '../arm/providers/machine-learning/endpoints/endpoint-types.js';
import type { Store } from '../core/store.js';
import type { WorkspaceResource } from '../core/workspace-resource-rows.js';

/**
 * The online endpoint of that name; undefined where there is none.
 *
 * @param name - `{name}` or `{workspace}/{name}`; default: the first one
 */
export function findEndpoint(store: Store, name: string | undefined): WorkspaceResource | undefined {
  return store
    .list('workspaceResources')
    .filter(({ type }) => type === ONLINE.type)
    .find((row) =>
      [undefined, row.name, `${store.get('workspaces', row.parentId)?.name ?? ''}/${row.name}`].includes(
        name,
      ),
    );
}
