import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { keepWalk, showStep } from './show-step.js';

const HOUR_MS = 3_600_000;

/** A walk on which nothing has happened yet. */
export function newWalk(call: Call, request: SignInWalk['request']): SignInWalk {
  return {
    // Its name is made when it is kept.
    id: '',
    request,
    expiresAt: call.world.clock.now() + HOUR_MS,
    username: null,
    userId: null,
    amr: [],
    authTime: 0,
    mustChangePassword: false,
    sessionId: null,
    consented: false,
    confirmed: false,
  };
}

/** Begins a walk through the sign-in pages and shows the first one. */
export function startWalk(
  call: Call,
  request: SignInWalk['request'],
  walk: SignInWalk = newWalk(call, request),
): Response {
  return showStep(call, keepWalk(call, walk), walk, 'account');
}
