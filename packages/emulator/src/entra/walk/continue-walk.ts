import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { addConsent } from '../users/granted-scopes.js';
import { finishWalk } from './finish-walk.js';
import { positionOf } from './position-of.js';
import { refuseAccess } from './refuse-access.js';
import { keepWalk, removeWalk, showStep } from './show-step.js';

/**
 * Goes on with a walk: to its next page, or to its end.
 *
 * @param context - what the forms carry; undefined for a walk that showed no page yet
 * @throws a refusal, which ends the walk
 */
export async function continueWalk(call: Call, walk: SignInWalk, context?: string): Promise<Response> {
  const { step, user, tenant, missing } = positionOf(call, walk);
  if (user !== undefined && tenant !== undefined) {
    const refusal = await refuseAccess(call, tenant, walk, user);
    if (refusal !== undefined) {
      removeWalk(call, context);
      return refusal;
    }
  }
  if (step !== 'done' || user === undefined) {
    const shown = keepWalk(call, walk, context);
    return showStep(call, shown, walk, step === 'done' ? 'account' : step, { scopes: missing });
  }
  removeWalk(call, context);
  if (missing.length > 0) addConsent(call.world.store, walk.request.clientId, user.id, missing);
  return finishWalk(call, walk, user);
}
