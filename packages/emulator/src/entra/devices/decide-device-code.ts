import type { DeviceCode, SignInGrant } from '../../core/sign-in-rows.js';
import type { User } from '../../core/tables.js';
import type { World } from '../../http/call.js';

/** The device code that a person typed, if somebody can still decide about it. Case, blanks and dashes do not matter. */
export function pendingDeviceCode({ store, clock }: World, userCode: string): DeviceCode | undefined {
  const typed = userCode.replaceAll(/[\s-]/g, '').toUpperCase();
  return store
    .list('deviceCodes')
    .find((row) => row.userCode === typed && row.state === 'pending' && row.expiresAt > clock.now());
}

/**
 * Lets the device in.
 *
 * @param amr - how the user signed in; default: with all that the user has
 */
export function approve(
  { store }: World,
  row: DeviceCode,
  user: User,
  amr: readonly string[] = user.mfa === 'registered' ? ['pwd', 'mfa'] : ['pwd'],
): void {
  const { clientId, scope } = row;
  const grant: SignInGrant = {
    tenantId: user.tenantId,
    userId: user.id,
    clientId,
    scope,
    amr,
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
