import type { User } from '../../core/directory-rows.js';
import type { DeviceCode, SignInGrant } from '../../core/sign-in-rows.js';
import type { World } from '../../http/call.js';

/** The device code that a person typed, if somebody can still decide about it. Case, blanks and dashes do not matter. */
export function pendingDeviceCode({ store, clock }: World, userCode: string): DeviceCode | undefined {
  const typed = asTyped(userCode);
  return store
    .list('deviceCodes')
    .find((row) => row.userCode === typed && row.state === 'pending' && row.expiresAt > clock.now());
}

/** Whether the code that a person typed is one that nobody decided about in time. */
export function isExpired({ store, clock }: World, userCode: string): boolean {
  const typed = asTyped(userCode);
  return store
    .list('deviceCodes')
    .some((row) => row.userCode === typed && row.state === 'pending' && row.expiresAt <= clock.now());
}

function asTyped(userCode: string): string {
  return userCode.replaceAll(/[\s-]/g, '').toUpperCase();
}

/**
 * Lets the device in.
 *
 * @param amr - how the user signed in; default: with all that the user has
 * @param authTime - when, in milliseconds since the epoch; default: now
 */
export function approve(
  { store, clock }: World,
  row: DeviceCode,
  user: User,
  amr: readonly string[] = user.mfa === 'registered' ? ['pwd', 'mfa'] : ['pwd'],
  authTime: number = clock.now(),
): void {
  const { clientId, scope } = row;
  const grant: SignInGrant = {
    tenantId: user.tenantId,
    userId: user.id,
    clientId,
    scope,
    amr,
    authTime,
    byDeviceCode: true,
    contexts: [],
    nonce: null,
  };
  store.put('deviceCodes', row.id, { ...row, state: 'approved', grant });
}

/** Sends the device away. */
export function decline({ store }: World, row: DeviceCode): void {
  store.put('deviceCodes', row.id, { ...row, state: 'declined' });
}

/** Has the next poll of the device answered with `slow_down`, once. */
export function slowDown({ store }: World, row: DeviceCode): void {
  store.put('deviceCodes', row.id, { ...row, slowDown: true });
}
