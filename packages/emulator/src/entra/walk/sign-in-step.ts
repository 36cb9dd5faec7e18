import { tokenKey } from '../../core/secret-hash.js';
import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Tenant, User } from '../../core/tables.js';
import type { Call } from '../../http/call.js';
import { answerClient } from '../authorize/answer-client.js';
import { errorBodyOf, errorFields } from '../authorize/error-fields.js';
import { entraRefusal } from '../entra-refusal.js';
import { errorAnswer, messageAnswer } from '../pages/error-answer.js';
import { addConsent, grantedScopes } from '../users/granted-scopes.js';
import { readScope } from '../users/read-scope.js';
import { findSignInClient } from '../users/sign-in-client.js';
import { cancelWalk, finishWalk } from './finish-walk.js';
import { nextStep } from './next-step.js';
import { refuseAccess } from './refuse-access.js';
import { refuseForeignForm } from './refuse-foreign-form.js';
import { showStep } from './show-step.js';
import { takeStep } from './take-step.js';

/** `POST /common/login`: what a person entered on a sign-in page. */
export async function signInStep(call: Call): Promise<Response> {
  const refusal = refuseForeignForm(call);
  if (refusal !== undefined) return refusal;
  const { store, clock } = call.world;
  const fields = new URLSearchParams(call.body);
  const context = fields.get('ctx') ?? '';
  const key = tokenKey(context);
  const walk = store.get('signInWalks', key);
  if (walk === undefined || walk.expiresAt <= clock.now()) {
    return messageAnswer('This page has expired', 'Start again in the application.', 400);
  }
  try {
    return await advance(call, context, walk, fields);
  } catch (error) {
    store.remove('signInWalks', key);
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
  const { store } = call.world;
  const key = tokenKey(context);
  const action = fields.get('action');
  if (action === 'cancel') {
    store.remove('signInWalks', key);
    return cancelWalk(call, walk);
  }
  if (action === 'restart') {
    const restarted = { ...walk, username: null, userId: null, amr: [], consented: false, confirmed: false };
    store.put('signInWalks', key, restarted);
    return showStep(call, context, restarted, 'account');
  }
  const { step: current } = position(call, walk);
  // A page that is not the current one was sent twice, or with the browser's back button.
  const isCurrent = current !== 'done' && fields.get('step') === current;
  const result = isCurrent ? takeStep(store, walk, current, fields) : { walk };
  if ('problem' in result) {
    return showStep(call, context, walk, current === 'done' ? 'account' : current, result);
  }
  const { step, user, tenant, missing } = position(call, result.walk);
  if (user !== undefined && tenant !== undefined) {
    const refusal = await refuseAccess(call, tenant, result.walk, user);
    if (refusal !== undefined) {
      store.remove('signInWalks', key);
      return refusal;
    }
  }
  if (step !== 'done' || user === undefined) {
    store.put('signInWalks', key, result.walk);
    return showStep(call, context, result.walk, step === 'done' ? 'account' : step, { scopes: missing });
  }
  store.remove('signInWalks', key);
  if (missing.length > 0) addConsent(store, walk.request.clientId, user.id, missing);
  return finishWalk(call, result.walk, user);
}

interface Position {
  readonly step: ReturnType<typeof nextStep>;
  readonly user: User | undefined;
  readonly tenant?: Tenant;
  readonly missing: readonly string[];
}

/** Where a walk is. Once the user is known, so are the tenant and what it has. */
function position(call: Call, walk: SignInWalk): Position {
  const { store } = call.world;
  const user = walk.userId === null ? undefined : store.get('users', walk.userId);
  if (user === undefined) return { step: nextStep(walk, undefined, []), user, missing: [] };
  const tenant = store.get('tenants', user.tenantId);
  if (tenant === undefined) throw entraRefusal(90002, { tenant: user.tenantId });
  const client = findSignInClient(call, tenant, walk.request.clientId);
  const target = readScope(call, tenant, walk.request.scope);
  const { missing } = grantedScopes(store, client, user.id, target);
  return { step: nextStep(walk, user, missing), user, tenant, missing };
}
