import { tokenKey } from '../../core/secret-hash.js';
import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { unguessable } from '../users/one-time-text.js';
import { showStep } from './show-step.js';

const HOUR_MS = 3_600_000;

/** Begins a walk through the sign-in pages and shows the first one. */
export function startWalk(call: Call, request: SignInWalk['request']): Response {
  const { store, clock } = call.world;
  const now = clock.now();
  // People leave pages open and go away.
  for (const { id, expiresAt } of store.list('signInWalks')) {
    if (expiresAt <= now) store.remove('signInWalks', id);
  }
  const context = unguessable();
  const walk: SignInWalk = {
    id: tokenKey(context),
    request,
    expiresAt: now + HOUR_MS,
    username: null,
    userId: null,
    amr: [],
    consented: false,
    confirmed: false,
  };
  store.put('signInWalks', walk.id, walk);
  return showStep(call, context, walk, 'account');
}
