import type { User } from '../../core/directory-rows.js';
import { randomGuid } from '../../core/random.js';
import { tokenKey } from '../../core/secret-hash.js';
import type { AuthorizationRequest, SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { answerClient } from '../authorize/answer-client.js';
import { errorBodyOf, errorFields } from '../authorize/error-fields.js';
import { approve, decline } from '../devices/decide-device-code.js';
import { entraRefusal } from '../entra-refusal.js';
import { messageAnswer } from '../pages/error-answer.js';
import { startSession } from '../sessions/sessions.js';
import { clientInfo } from '../users/client-info.js';
import { unguessable } from '../users/one-time-text.js';

const TEN_MINUTES_MS = 600_000;
const CLOSE = 'You may now close this window.';

/** Lets the application or the device in, and keeps the user signed in in the browser. */
export function finishWalk(call: Call, walk: SignInWalk, user: User): Response {
  const response = answerOf(call, walk, user);
  const { sessionId, amr, authTime } = walk;
  const session = sessionId === null ? undefined : call.world.store.get('signInSessions', sessionId);
  const isSame = session?.authTime === authTime && session.amr.length === amr.length;
  if (!isSame && response.status < 400) startSession(call, response, user, { amr, authTime });
  return response;
}

function answerOf(call: Call, walk: SignInWalk, user: User): Response {
  const { request, amr, authTime } = walk;
  if (request.kind === 'authorize') return answerClient(call, request, codeFields(call, request, walk, user));
  const { store, clock } = call.world;
  const row = store.get('deviceCodes', request.deviceCodeId);
  if (row?.state !== 'pending' || row.expiresAt <= clock.now()) {
    return messageAnswer('That code expired', 'Have the device start again.', 400);
  }
  approve(call.world, row, user, amr, authTime);
  return messageAnswer('You have signed in on your device', CLOSE);
}

/** Sends the person away who does not want to go on. */
export async function cancelWalk(call: Call, { request }: SignInWalk): Promise<Response> {
  if (request.kind === 'authorize') {
    const fields = errorFields(await errorBodyOf(call, entraRefusal(65004)));
    return answerClient(call, request, { ...fields, error_subcode: 'cancel' });
  }
  const row = call.world.store.get('deviceCodes', request.deviceCodeId);
  if (row?.state === 'pending') decline(call.world, row);
  return messageAnswer('You did not sign in on your device', CLOSE);
}

function codeFields(
  call: Call,
  request: AuthorizationRequest,
  { amr, authTime }: SignInWalk,
  user: User,
): Record<string, string> {
  const { store, clock, random } = call.world;
  const { clientId, scope, nonce, redirectUri, challenge, contexts } = request;
  const code = `1.${unguessable()}`;
  store.put('authorizationCodes', tokenKey(code), {
    tenantId: user.tenantId,
    userId: user.id,
    clientId,
    scope,
    amr,
    authTime,
    byDeviceCode: false,
    contexts,
    nonce,
    redirectUri,
    challenge,
    expiresAt: clock.now() + TEN_MINUTES_MS,
    redeemed: false,
  });
  return {
    code,
    ...(request.clientInfo ? { client_info: clientInfo(user) } : {}),
    session_state: randomGuid(random),
  };
}
