import type { UserAssignedIdentity } from '../core/resource-rows.js';
import type { Store } from '../core/store.js';
import { invalidSeed } from './invalid-seed.js';

/**
 * The user-assigned managed identity of that name in a tenant.
 *
 * @param name - `{name}` or `{resource group}/{name}`
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where there is none
 */
export function findIdentity(store: Store, tenantId: string, name: string): UserAssignedIdentity {
  const found = store
    .list('userAssignedIdentities')
    .find(
      (row) =>
        [row.name, `${row.resourceGroup}/${row.name}`].includes(name) &&
        store.get('subscriptions', row.subscriptionId)?.tenantId === tenantId,
    );
  if (found !== undefined) return found;
  throw invalidSeed(
    `There is no managed identity ${name}. Those of a resource group stand in its identities, and before what uses them.`,
  );
}
