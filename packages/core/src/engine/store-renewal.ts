import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import type { StoredToken, TokenKey, TokenStore } from '../token-store.js';
import { sharedRefusals } from './shared-refusals.js';
import { steadyStore } from './steady-store.js';

/** One token that is to be renewed, by the engine that wants it. */
export interface Renewal<T> {
  readonly key: TokenKey;
  /** True for a refresh ahead of expiry: nobody waits for it, and another process may do it as well. */
  readonly background: boolean;
  /** Aborted when nobody waits for the token any more. */
  readonly signal: AbortSignal;
  /** Takes a token of the store; undefined where the engine has none the worse. */
  readonly adopt: (stored: StoredToken) => T | undefined;
  /** The token that is served meanwhile, where there is one. */
  readonly atHand: () => Promise<T> | undefined;
  /** Fetches a new one. */
  readonly fetch: () => Promise<T>;
}

/** What the engine does with a store, which other processes use too. */
export interface StoreRenewal {
  /**
   * A token for the key: that of the store where it is a good one; otherwise a new one, which of all processes one
   * fetches, under the store's lease, while the others wait for it.
   *
   * @throws what fetching it throws, or threw in another process a moment ago
   */
  renew<T>(renewal: Renewal<T>): Promise<T>;
  /** Gives a token to the store. Never rejects. */
  put(key: TokenKey, token: StoredToken): Promise<void>;
  /** For how long an error of another process still counts, in milliseconds; undefined for one of this process. */
  leftMs(error: unknown): number | undefined;
}

/** What the engine has of the world. */
export interface StoreWorld {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

/** A lease ends by itself after this time. */
const LEASE_TTL_MS = 30_000;
/** How long a call without any token waits for another process that holds the lease. */
const LEASE_WAIT_MS = 5_000;

/** Renewals through a store. One that fails, hangs, or has no leases or refusals is done without. */
export function storeRenewal(given: TokenStore, { clock, logger, random }: StoreWorld): StoreRenewal {
  const store = steadyStore(given, clock, logger);
  const refusals = given.getRefusal === undefined ? undefined : sharedRefusals(store, clock, random);
  const hasLeases = given.acquireLease !== undefined;

  async function adopted<T>({ key, adopt }: Renewal<T>): Promise<T | undefined> {
    const stored = await store.get(key);
    return stored === undefined ? undefined : adopt(stored);
  }

  async function underLease<T>(renewal: Renewal<T>, isMine: boolean): Promise<T> {
    const late = hasLeases ? await adopted(renewal) : undefined;
    if (late !== undefined) return late;
    const othersRefresh = hasLeases && !isMine && renewal.background;
    const atHand = othersRefresh ? renewal.atHand() : undefined;
    if (atHand !== undefined) return atHand;
    const refusal = await refusals?.find(renewal.key);
    if (refusal !== undefined) throw refusal;
    return renewal.fetch();
  }

  return {
    async renew(renewal) {
      const early = await adopted(renewal);
      if (early !== undefined) return early;
      const { key, background, signal } = renewal;
      const waitMs = background ? 0 : LEASE_WAIT_MS;
      const lease = await store.acquireLease(key, { ttlMs: LEASE_TTL_MS, waitMs, signal });
      try {
        return await underLease(renewal, lease !== undefined);
      } catch (error) {
        // Before the lease goes on: whoever waits for it finds the answer.
        await refusals?.tell(key, error);
        throw error;
      } finally {
        if (lease !== undefined) await store.release(lease);
      }
    },
    put: (key, token) => store.set(key, token),
    leftMs: (error) => refusals?.leftMs(error),
  };
}
