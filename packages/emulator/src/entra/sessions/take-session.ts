import { SIGN_IN_FREQUENCY } from '../../conditional-access/evaluate-access.js';
import type { Tenant, User } from '../../core/directory-rows.js';
import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { evaluateUserAccess } from '../conditional-access/evaluate-user-access.js';
import { accessOfWalk } from '../walk/position-of.js';

/** The walk on which the session that it may use stands for the user's password, where it is that user's. */
export function takeSession(call: Call, walk: SignInWalk, user: User): SignInWalk {
  const { store } = call.world;
  const session = walk.sessionId === null ? undefined : store.get('signInSessions', walk.sessionId);
  const tenant = store.get('tenants', user.tenantId);
  const username = user.userPrincipalName;
  const { tenantId } = walk.request;
  const isHere = tenantId === null || tenantId === user.tenantId;
  if (session?.userId !== user.id || tenant === undefined || !isHere) {
    return { ...walk, username, sessionId: null };
  }
  const { amr, authTime } = session;
  const signedIn = { ...walk, username, userId: user.id, amr, authTime };
  return isTooOld(call, tenant, signedIn, user) ? { ...walk, username, sessionId: null } : signedIn;
}

/** Whether a policy wants a more recent sign-in. */
export function isTooOld(call: Call, tenant: Tenant, walk: SignInWalk, user: User): boolean {
  const { missing } = evaluateUserAccess(call, tenant, accessOfWalk(call, tenant, walk, user));
  return missing.includes(SIGN_IN_FREQUENCY);
}
