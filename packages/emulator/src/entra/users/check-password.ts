import type { User } from '../../core/directory-rows.js';
import { hashSecret } from '../../core/secret-hash.js';
import type { SignInFailures } from '../../core/sign-in-rows.js';
import type { World } from '../../http/call.js';
import { matchesPassword } from './find-user.js';

/** As many different wrong passwords lock an account, for a minute, as in the real service by default. */
const MOST_FAILURES = 10;
const LOCKED_MS = 60_000;

/** Why a password does not let a user in, as the number of an error. */
export type PasswordProblem = 50053 | 50055 | 50057 | 50126;

/**
 * Checks a user's password: nothing where it lets the user in. Wrong ones count; the same one again does not.
 */
export function checkPassword(
  { store, clock }: World,
  user: User,
  password: string,
): PasswordProblem | undefined {
  const failures = store.get('signInFailures', user.id);
  const now = clock.now();
  if (failures !== undefined && failures.lockedUntil > now) return 50053;
  if (!matchesPassword(user, password)) {
    store.put('signInFailures', user.id, another(failures, user, password, now));
    return 50126;
  }
  if (failures !== undefined) store.remove('signInFailures', user.id);
  if (user.accountEnabled === false) return 50057;
  return user.mustChangePassword === true ? 50055 : undefined;
}

function another(
  failures: SignInFailures | undefined,
  user: User,
  password: string,
  now: number,
): SignInFailures {
  const hashes = [...new Set([...(failures?.hashes ?? []), hashSecret(user.id, password)])];
  return hashes.length < MOST_FAILURES
    ? { userId: user.id, hashes, lockedUntil: 0 }
    : { userId: user.id, hashes: [], lockedUntil: now + LOCKED_MS };
}
