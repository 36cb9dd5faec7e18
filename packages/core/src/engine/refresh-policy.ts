import type { StoredToken } from '../token-store.js';

/**
 * Where a token stands in its life:
 * `fresh` – serve it; `refresh` – serve it and fetch a new one in the background;
 * `closing` – fetch a new one first, serve this one if that fails; `expired` – of no use.
 */
export type Phase = 'fresh' | 'refresh' | 'closing' | 'expired';

/** A token with the two times at which it was received, in milliseconds. */
export interface Received {
  readonly token: StoredToken;
  /** Wall time. */
  readonly at: number;
  /** The monotonic clock's time. */
  readonly mark: number;
  /** Age at which it is refreshed ahead of expiry. */
  readonly refreshAge: number;
  /** Age at which callers wait for the refresh. */
  readonly closingAge: number;
  /** Age at which it is over. */
  readonly endAge: number;
}

/** Last stretch of a token's life in which callers wait for a new one: its last 30 s, or tenth if shorter. */
const CLOSING_MS = 30_000;
/** Share of the lifetime after which a refresh starts where the service names no time. */
const REFRESH_SHARE = 0.75;
/** Spreads the refreshes of a fleet over this share of the lifetime, also where the service names a time. */
const JITTER_SHARE = 0.05;
/** Shortest life: a token that is over on arrival is served for this long, instead of being fetched without end. */
const SHORTEST_LIFE_MS = 1_000;
/** Between one refresh and the next ahead of expiry: a tenth of the lifetime, within these bounds. */
const [SHORTEST_INTERVAL_MS, LONGEST_INTERVAL_MS] = [1_000, 30_000];

/**
 * Fixes the token's ages at the moment it is received.
 *
 * @param random - a number from 0 to below 1, for the jitter
 */
export function receive(token: StoredToken, at: number, mark: number, random: number): Received {
  const endAge = Math.max(SHORTEST_LIFE_MS, token.expiresOnTimestamp - at);
  const closingAge = endAge - Math.min(CLOSING_MS, endAge / 10);
  const jitter = endAge * JITTER_SHARE * random;
  const wanted =
    token.refreshAfterTimestamp === undefined ? endAge * REFRESH_SHARE : token.refreshAfterTimestamp - at;
  return {
    token,
    at,
    mark,
    endAge,
    closingAge,
    refreshAge: Math.min(Math.max(0, wanted) + jitter, closingAge),
  };
}

/**
 * The phase by the older of two ages: the wall clock's (which sees that the machine slept) and the
 * monotonic clock's (which sees that the wall clock was set back).
 */
export function phaseOf(received: Received, now: number, mark: number): Phase {
  const age = Math.max(now - received.at, mark - received.mark);
  if (age < received.refreshAge) return 'fresh';
  if (age < received.closingAge) return 'refresh';
  return age < received.endAge ? 'closing' : 'expired';
}

/**
 * The shortest time between the receipt of a token and a refresh of it, in milliseconds: a service that
 * always wants a refresh, or gives a token that it had given before, is not asked by every call.
 */
export function refreshInterval({ endAge }: Received): number {
  return Math.min(Math.max(SHORTEST_INTERVAL_MS, endAge / 10), LONGEST_INTERVAL_MS);
}
