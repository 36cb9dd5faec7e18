import type { Store } from '../core/store.js';
import type { ServicePrincipal } from '../core/directory-rows.js';
import type { IdentityHost } from '../core/resource-rows.js';
import { userAssignedIds } from '../core/identity-rows.js';

/** The managed identities that a host has at this moment; one that was deleted is gone here too. */
export function identitiesOf(store: Store, host: IdentityHost): readonly ServicePrincipal[] {
  const id = host.resourceId ?? '';
  const identity = (store.get('computes', id) ?? store.get('workspaceResources', id))?.identity ?? undefined;
  const ids =
    identity === undefined
      ? host.principalIds
      : [
          ...(identity.principalId === null ? [] : [identity.principalId]),
          ...identity.userAssigned.map((resourceId) => userAssignedIds(resourceId).principalId),
        ];
  return ids
    .map((id) => store.get('servicePrincipals', id))
    .filter((row): row is ServicePrincipal => row !== undefined);
}
