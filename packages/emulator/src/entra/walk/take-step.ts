import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { Store } from '../../core/store.js';
import type { PageStep } from '../pages/walk-pages.js';
import { findUser, matchesPassword } from '../users/find-user.js';

/** The walk after a step, or why the step cannot be taken. */
export type StepResult = { readonly walk: SignInWalk } | { readonly problem: string };

/** Takes what a person entered on the page of a step. */
export function takeStep(
  store: Store,
  walk: SignInWalk,
  step: PageStep,
  fields: URLSearchParams,
): StepResult {
  switch (step) {
    case 'account': {
      const username = (fields.get('username') ?? '').trim();
      if (findUser(store, walk.request.tenantId, username) !== undefined) {
        return { walk: { ...walk, username } };
      }
      return {
        problem:
          'AADSTS50034: This username may be incorrect. Make sure you typed it correctly; the account must be in the seed of the emulator.',
      };
    }
    case 'password': {
      const user = findUser(store, walk.request.tenantId, walk.username ?? '');
      if (user === undefined || !matchesPassword(user, fields.get('password') ?? '')) {
        return { problem: 'AADSTS50126: Your account or password is incorrect.' };
      }
      return { walk: { ...walk, userId: user.id, amr: ['pwd'] } };
    }
    case 'mfa':
      return { walk: { ...walk, amr: [...walk.amr, 'mfa'] } };
    case 'consent':
      return { walk: { ...walk, consented: true } };
    case 'confirm':
      return { walk: { ...walk, confirmed: true } };
  }
}
