import type { Tenant, User } from '../../core/directory-rows.js';
import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { errorBodyOf } from '../authorize/error-fields.js';
import { checkUserAccess } from '../conditional-access/check-access.js';
import { errorAnswer } from '../pages/error-answer.js';
import { checkAssignment } from '../users/check-assignment.js';
import { findSignInClient } from '../users/sign-in-client.js';
import { accessOfWalk } from './position-of.js';

/**
 * The page that says what keeps a user out, whose password was right: a Conditional Access policy, or an
 * application that the user is not assigned to; nothing where the user may go on. The client is not told,
 * as with the real service.
 */
export async function refuseAccess(
  call: Call,
  tenant: Tenant,
  walk: SignInWalk,
  user: User,
): Promise<Response | undefined> {
  const access = accessOfWalk(call, tenant, walk, user);
  // Whoever has a second factor is asked for it on the way.
  const amr = user.mfa === 'registered' ? [...access.amr, 'mfa'] : access.amr;
  try {
    checkAssignment(call, tenant, user, findSignInClient(call, tenant, walk.request.clientId));
    checkUserAccess(call, tenant, { ...access, amr });
    return undefined;
  } catch (error) {
    const { id: userId, userPrincipalName: username } = user;
    call.trace.signIn = { clientId: walk.request.clientId, tenantId: tenant.id, username, userId };
    return errorAnswer(call, await errorBodyOf(call, error));
  }
}
