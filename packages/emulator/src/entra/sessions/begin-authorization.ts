import type { AuthorizationRequest } from '../../core/sign-in-rows.js';
import type { Refusal } from '../../http/answer.js';
import type { Call } from '../../http/call.js';
import { checkUserAccess } from '../conditional-access/check-access.js';
import { entraRefusal } from '../entra-refusal.js';
import { checkAssignment } from '../users/check-assignment.js';
import { findSignInClient, type SignInClient } from '../users/sign-in-client.js';
import { continueWalk } from '../walk/continue-walk.js';
import { finishWalk } from '../walk/finish-walk.js';
import { accessOfWalk, positionOf } from '../walk/position-of.js';
import { newWalk, startWalk } from '../walk/start-walk.js';
import { countSilent, findSession, type ActiveSession } from './sessions.js';
import { isTooOld, takeSession } from './take-session.js';

/**
 * Answers an authorization request: from the session of the browser where it may, otherwise with a page
 * (OpenID Connect Core, section 3.1.2.3).
 *
 * @param prompts - the values of `prompt`
 * @throws a refusal where no page may be shown (`none`): AADSTS50058, 65001, 70044, and those of
 *   {@link checkUserAccess} and {@link checkAssignment}; AADSTS50196 for an application that asks in a loop
 */
export async function beginAuthorization(
  call: Call,
  request: AuthorizationRequest,
  prompts: readonly string[],
): Promise<Response> {
  const active = usableSession(call, request);
  if (prompts.includes('none')) {
    if (active === undefined) throw entraRefusal(50058);
    return silently(call, request, active);
  }
  if (active === undefined || prompts.includes('login')) return startWalk(call, request);
  const walk = { ...newWalk(call, request), sessionId: active.session.id };
  if (prompts.includes('select_account')) return startWalk(call, request, walk);
  const taken = takeSession(call, walk, active.user);
  if (positionOf(call, taken).step === 'done') countSilent(call, active.session, request.clientId);
  return continueWalk(call, taken);
}

/** The session, where it is one of the tenant and of the account that the request names. */
function usableSession(call: Call, request: AuthorizationRequest): ActiveSession | undefined {
  const active = findSession(call);
  if (active === undefined) return undefined;
  const isHere = request.tenantId === null || request.tenantId === active.session.tenantId;
  const hint = request.loginHint.trim().toLowerCase();
  const isMeant = hint === '' || hint === active.user.userPrincipalName.toLowerCase();
  return isHere && isMeant ? active : undefined;
}

function silently(call: Call, request: AuthorizationRequest, { session, user }: ActiveSession): Response {
  const { id: sessionId, amr, authTime } = session;
  const { userPrincipalName: username, id: userId } = user;
  const walk = { ...newWalk(call, request), sessionId, username, userId, amr, authTime };
  const { tenant, missing } = positionOf(call, walk);
  if (tenant === undefined) throw entraRefusal(50058);
  const client = findSignInClient(call, tenant, request.clientId);
  checkAssignment(call, tenant, user, client);
  if (missing.length > 0) throw consentRequired(client);
  if (isTooOld(call, tenant, walk, user)) throw entraRefusal(70044);
  checkUserAccess(call, tenant, accessOfWalk(call, tenant, walk, user));
  countSilent(call, session, request.clientId);
  return finishWalk(call, walk, user);
}

/** At the authorization endpoint the error has another name than at the token endpoint. */
function consentRequired({ clientId, displayName }: SignInClient): Refusal {
  return entraRefusal(65001, { client: clientId, name: displayName }, { error: 'interaction_required' });
}
