import type { User } from '../../core/directory-rows.js';
import type { SignInWalk } from '../../core/sign-in-rows.js';
import type { PageStep } from '../pages/walk-pages.js';

/**
 * What comes next on the way through the sign-in pages.
 *
 * @param user - whose password was right; undefined before
 * @param missing - permissions that the user has not given yet
 */
export function nextStep(
  walk: SignInWalk,
  user: User | undefined,
  missing: readonly string[],
): PageStep | 'done' {
  const { request, username, amr, consented, confirmed } = walk;
  if (username === null) return 'account';
  if (user === undefined) return 'password';
  if (walk.mustChangePassword) return 'newPassword';
  if (user.mfa === 'registered' && !amr.includes('mfa')) return 'mfa';
  const asks = missing.length > 0 || (request.kind === 'authorize' && request.askConsent);
  if (asks && !consented) return 'consent';
  return request.kind === 'device' && !confirmed ? 'confirm' : 'done';
}
