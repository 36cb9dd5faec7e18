import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Tenant, User } from '../../core/tables.js';
import type { Call } from '../../http/call.js';
import { errorBodyOf } from '../authorize/error-fields.js';
import { checkUserAccess } from '../conditional-access/check-access.js';
import { errorAnswer } from '../pages/error-answer.js';
import { readScope } from '../users/read-scope.js';
import { findSignInClient } from '../users/sign-in-client.js';

/**
 * The page that says which Conditional Access policy keeps a user out, whose password was right; nothing
 * where the user may go on. The client is not told, as with the real service.
 */
export async function refuseAccess(
  call: Call,
  tenant: Tenant,
  { request, amr }: SignInWalk,
  user: User,
): Promise<Response | undefined> {
  const { audience } = readScope(call, tenant, request.scope);
  const { isPublic: isPublicClient } = findSignInClient(call, tenant, request.clientId);
  // Whoever has a second factor is asked for it on the way.
  const proofs = user.mfa === 'registered' ? [...amr, 'mfa'] : amr;
  try {
    checkUserAccess(call, tenant, { user, audience, isPublicClient, amr: proofs });
    return undefined;
  } catch (error) {
    return errorAnswer(call, await errorBodyOf(call, error));
  }
}
