import { userAssignedIdentityId } from './arm-ids.js';
import { idFor } from './ids.js';
import type { UserAssignedIdentity } from './resource-rows.js';
import type { Store } from './store.js';

/** What a user-assigned managed identity is made from. */
export type UserAssignedIdentityInit = Omit<UserAssignedIdentity, 'id' | 'principalId' | 'clientId'>;

/** Adds a user-assigned managed identity and its service principal. */
export function addUserAssignedIdentity(
  store: Store,
  tenantId: string,
  init: UserAssignedIdentityInit,
): UserAssignedIdentity {
  const id = userAssignedIdentityId(init.subscriptionId, init.resourceGroup, init.name);
  const row: UserAssignedIdentity = { ...init, id, ...userAssignedIds(id) };
  store.put('userAssignedIdentities', id, row);
  addPrincipal(store, tenantId, {
    id: row.principalId,
    appId: row.clientId,
    displayName: row.name,
    resourceId: id,
  });
  return row;
}

/** The object id and client id of the user-assigned managed identity with that resource id. */
export function userAssignedIds(id: string): Pick<UserAssignedIdentity, 'principalId' | 'clientId'> {
  return { principalId: idFor('user-identity', id), clientId: idFor('user-identity-app', id) };
}

/**
 * Adds the service principal of a resource's system-assigned managed identity.
 *
 * @returns its object id
 */
export function addSystemIdentity(
  store: Store,
  tenantId: string,
  resourceId: string,
  displayName: string,
): string {
  const id = idFor('system-identity', resourceId);
  addPrincipal(store, tenantId, {
    id,
    appId: idFor('system-identity-app', resourceId),
    displayName,
    resourceId,
  });
  return id;
}

function addPrincipal(
  store: Store,
  tenantId: string,
  row: { readonly id: string; appId: string; displayName: string; resourceId: string },
): void {
  store.put('servicePrincipals', row.id, { ...row, tenantId, servicePrincipalType: 'ManagedIdentity' });
}
