import { tokenKey } from '../../core/secret-hash.js';
import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { answerClient } from '../authorize/answer-client.js';
import { errorBodyOf, errorFields } from '../authorize/error-fields.js';
import { errorAnswer, messageAnswer } from '../pages/error-answer.js';
import { continueWalk } from './continue-walk.js';
import { cancelWalk } from './finish-walk.js';
import { positionOf } from './position-of.js';
import { refuseForeignForm } from './refuse-foreign-form.js';
import { keepWalk, removeWalk, showStep } from './show-step.js';
import { newWalk } from './start-walk.js';
import { takeStep } from './take-step.js';

/** `POST /common/login`: what a person entered on a sign-in page. */
export async function signInStep(call: Call): Promise<Response> {
  const refusal = refuseForeignForm(call);
  if (refusal !== undefined) return refusal;
  const { store, clock } = call.world;
  const fields = new URLSearchParams(call.body);
  const context = fields.get('ctx') ?? '';
  const walk = store.get('signInWalks', tokenKey(context));
  if (walk === undefined || walk.expiresAt <= clock.now()) {
    return messageAnswer('This page has expired', 'Start again in the application.', 400);
  }
  try {
    return await advance(call, context, walk, fields);
  } catch (error) {
    removeWalk(call, context);
    const body = await errorBodyOf(call, error);
    const { request } = walk;
    if (request.kind === 'device') return errorAnswer(call, body);
    return answerClient(call, request, errorFields(body));
  }
}

async function advance(
  call: Call,
  context: string,
  walk: SignInWalk,
  fields: URLSearchParams,
): Promise<Response> {
  const action = fields.get('action');
  if (action === 'cancel') {
    removeWalk(call, context);
    return cancelWalk(call, walk);
  }
  if (action === 'restart') {
    const restarted = { ...newWalk(call, walk.request), expiresAt: walk.expiresAt };
    keepWalk(call, restarted, context);
    return showStep(call, context, restarted, 'account');
  }
  const { step: current } = positionOf(call, walk);
  // A page that is not the current one was sent twice, or with the browser's back button.
  const isCurrent = current !== 'done' && fields.get('step') === current;
  const result = isCurrent ? takeStep(call, walk, current, fields) : { walk };
  if ('problem' in result) {
    const { tenantId, clientId } = walk.request;
    const username = walk.username ?? fields.get('username') ?? '';
    call.trace.signIn = { clientId, tenantId: tenantId ?? undefined, username, problem: result.problem };
    return showStep(call, context, walk, current === 'done' ? 'account' : current, result);
  }
  return continueWalk(call, result.walk, context);
}
