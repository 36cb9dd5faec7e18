import type { Store } from '../core/store.js';
import type { IdentityHost, ServicePrincipal } from '../core/tables.js';
import { userAssignedIds } from '../core/identity-rows.js';

/** The managed identities that a host has at this moment; one that was deleted is gone here too. */
export function identitiesOf(store: Store, host: IdentityHost): readonly ServicePrincipal[] {
  const compute = store.get('computes', host.resourceId ?? '');
  const ids =
    compute === undefined
      ? host.principalIds
      : [
          ...(compute.identity.principalId === null ? [] : [compute.identity.principalId]),
          ...compute.identity.userAssigned.map((id) => userAssignedIds(id).principalId),
        ];
  return ids
    .map((id) => store.get('servicePrincipals', id))
    .filter((row): row is ServicePrincipal => row !== undefined);
}
