import { addSystemIdentity } from './identity-rows.js';
import type { ResourceIdentity } from './resource-rows.js';
import type { Store } from './store.js';

/** The managed identities that a resource is to have. */
export interface WantedIdentity {
  /** Such as `SystemAssigned` or `SystemAssigned,UserAssigned`. */
  readonly identityType: string;
  /** Resource ids. */
  readonly userAssigned: readonly string[];
}

/**
 * Gives a resource its managed identities: makes the service principal of a system-assigned one, and
 * removes it where the resource no longer has one.
 */
export function setIdentity(
  store: Store,
  tenantId: string,
  resource: { readonly id: string; readonly name: string },
  { identityType, userAssigned }: WantedIdentity,
): ResourceIdentity {
  const principalId = identityType.includes('SystemAssigned')
    ? addSystemIdentity(store, tenantId, resource.id, resource.name)
    : null;
  if (principalId === null) removeSystemIdentity(store, resource.id);
  return { type: identityType, principalId, userAssigned };
}

function removeSystemIdentity(store: Store, resourceId: string): void {
  const id = resourceId.toLowerCase();
  const own = store.list('servicePrincipals').filter((row) => row.resourceId?.toLowerCase() === id);
  for (const row of own) store.remove('servicePrincipals', row.id);
}
