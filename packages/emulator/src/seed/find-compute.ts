import type { Compute } from '../core/resource-rows.js';
import type { Store } from '../core/store.js';
import { invalidSeed } from './invalid-seed.js';

/**
 * The compute of that name.
 *
 * @param name - `{name}` or `{workspace}/{name}`
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where there is none
 */
export function findCompute(store: Store, name: string): Compute {
  const found = store
    .list('computes')
    .find((row) =>
      [row.name, `${store.get('workspaces', row.workspaceId)?.name ?? ''}/${row.name}`].includes(name),
    );
  if (found !== undefined) return found;
  throw invalidSeed(`There is no compute ${name}. Write {name} or {workspace}/{name}.`);
}
