import type { Tenant, User } from '../../core/directory-rows.js';
import { membershipsOf } from '../../core/memberships.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import type { SignInClient } from './sign-in-client.js';

/**
 * Holds a user against an application that is disabled, or only lets in whom an administrator assigned to it, directly or
 * as a direct member of a group.
 *
 * @throws a refusal: AADSTS50105, 7000112
 */
export function checkAssignment(call: Call, tenant: Tenant, user: User, client: SignInClient): void {
  const { store } = call.world;
  const principal = store
    .list('servicePrincipals')
    .find(({ appId, tenantId }) => appId === client.clientId && tenantId === tenant.id);
  const { clientId, displayName } = client;
  if (principal?.accountEnabled === false)
    throw entraRefusal(7000112, { client: clientId, name: displayName });
  if (principal?.assignmentRequired !== true) return;
  const own = [user.id, ...(membershipsOf(store, tenant.id).memberOf[user.id] ?? [])];
  const isAssigned = (principal.appRoleAssignments ?? []).some(({ principalId }) =>
    own.includes(principalId),
  );
  if (isAssigned) return;
  throw entraRefusal(50105, { client: clientId, name: displayName, user: user.userPrincipalName });
}
