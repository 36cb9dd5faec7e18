import type { Clock } from '../clock.js';
import { AmlAuthError, ERROR_CODES, isAmlAuthError } from '../errors.js';
import type { StoredRefusal, TokenKey } from '../token-store.js';
import { afterFailure } from './refusal.js';
import type { SteadyStore } from './steady-store.js';

/** Refusals that processes tell each other through the store. Nothing here rejects. */
export interface SharedRefusals {
  /** What another process was answered a moment ago, as an error of this one. */
  find(key: TokenKey): Promise<AmlAuthError | undefined>;
  /** Tells the others, where the failure would be theirs too. */
  tell(key: TokenKey, error: unknown): Promise<void>;
  /** For how long the error still counts where it came from another process; undefined for one of our own. Milliseconds. */
  leftMs(error: unknown): number | undefined;
}

/** Longest time for which a fleet believes a refusal, in milliseconds: a role or a secret may be put right. */
const LONGEST_MS = 30_000;

/** Refusals in the store. */
export function sharedRefusals(store: SteadyStore, clock: Clock, random: () => number): SharedRefusals {
  /** When errors of others end, by the wall clock. */
  const ends = new WeakMap<object, number>();

  return {
    async find(key) {
      const refusal = await store.getRefusal(key);
      if (refusal === undefined) return undefined;
      const { error, expiresOnTimestamp } = refusal;
      const now = clock.now();
      const mine = expiresOnTimestamp > now ? revived(error) : undefined;
      if (mine === undefined) return undefined;
      ends.set(mine, Math.min(expiresOnTimestamp, now + LONGEST_MS));
      return mine;
    },
    async tell(key, error) {
      if (!isAmlAuthError(error) || ends.has(error)) return;
      const { waitMs, answer, concernsAll } = afterFailure(error, random());
      if (answer === undefined || !concernsAll) return;
      const expiresOnTimestamp = clock.now() + Math.min(waitMs, LONGEST_MS);
      await store.setRefusal(key, { error: plain(error), expiresOnTimestamp });
    },
    leftMs(error) {
      const end = typeof error === 'object' && error !== null ? ends.get(error) : undefined;
      return end === undefined ? undefined : Math.max(0, end - clock.now());
    },
  };
}

/** Undefined for what is no such error: a store's content comes from outside the process. */
function revived(error: StoredRefusal['error']): AmlAuthError | undefined {
  try {
    return Object.hasOwn(ERROR_CODES, error.code) ? new AmlAuthError(error) : undefined;
  } catch {
    return undefined;
  }
}

/** What another process needs to say the same. */
function plain(error: AmlAuthError): StoredRefusal['error'] {
  const { code, message, remedy, aadsts, status, correlation, suberror, claims, policyIds, retryAfterMs } =
    error;
  return { code, message, remedy, aadsts, status, correlation, suberror, claims, policyIds, retryAfterMs };
}
