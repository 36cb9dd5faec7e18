import type { Store } from './store.js';

/** From when on the tokens of a principal count for services that evaluate access continuously. */
export interface Revocation {
  /** Object id. */
  readonly principalId: string;
  /** Seconds since the epoch: the earliest `nbf` that counts. */
  readonly notBefore: number;
}

/** The earliest `nbf` that counts for a principal, in seconds since the epoch; 0 where nothing was revoked. */
export function tokensCountFrom(store: Store, principalId: unknown): number {
  if (typeof principalId !== 'string') return 0;
  return store.get('revocations', principalId)?.notBefore ?? 0;
}

/**
 * Revokes the tokens that a principal has.
 *
 * @param now - milliseconds since the epoch
 */
export function revokeTokens(store: Store, principalId: string, now: number): void {
  // `nbf` counts in seconds. A second revocation within one must reach the tokens that followed the first.
  const notBefore = Math.max(Math.floor(now / 1000), tokensCountFrom(store, principalId) + 1);
  store.put('revocations', principalId, { principalId, notBefore });
}
