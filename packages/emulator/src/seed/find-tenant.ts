import { subscriptionOf } from '../core/arm-ids.js';
import { managementGroupName } from '../core/management-groups.js';
import type { Store } from '../core/store.js';
import { findPrincipal } from './find-principal.js';
import { invalidSeed } from './invalid-seed.js';

/**
 * The tenant of a scope: that of its subscription or management group, or the only one.
 *
 * @param what - what the scope belongs to, for the error
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where it is in none
 */
export function tenantOfScope(store: Store, scope: string, what: string): string {
  const subscription = store.get('subscriptions', subscriptionOf(scope) ?? '');
  const groupName = managementGroupName(scope)?.toLowerCase();
  const [group, twin] = store.list('managementGroups').filter(({ name }) => name.toLowerCase() === groupName);
  const [only, another] = store.list('tenants');
  const tenantId = subscription?.tenantId ?? (twin === undefined ? group?.tenantId : undefined);
  const tenant = tenantId ?? (another === undefined ? only?.id : undefined);
  if (tenant !== undefined) return tenant;
  throw invalidSeed(`The scope ${scope} of ${what} is in no known subscription or management group.`);
}

/** A root scope belongs to no one tenant: there the principal's name decides. */
export function findHolder(
  store: Store,
  scope: string,
  principal: string,
): { readonly tenantId: string; readonly principalId: string } {
  if (scope !== '/') {
    const tenantId = tenantOfScope(store, scope, principal);
    return { tenantId, principalId: findPrincipal(store, tenantId, principal) };
  }
  const tenants = store.list('tenants');
  for (const { id } of tenants.slice(0, -1)) {
    try {
      return { tenantId: id, principalId: findPrincipal(store, id, principal) };
    } catch {
      // Not in this tenant.
    }
  }
  const last = tenants.at(-1)?.id ?? '';
  return { tenantId: last, principalId: findPrincipal(store, last, principal) };
}
