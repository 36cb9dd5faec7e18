import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import type {
  RefreshLease,
  RefreshLeaseRequest,
  StoredRefusal,
  StoredToken,
  TokenKey,
  TokenStore,
} from '../token-store.js';

/** A token store that never throws and never hangs: what fails or is slow counts as empty. */
export interface SteadyStore {
  get(key: TokenKey): Promise<StoredToken | undefined>;
  set(key: TokenKey, token: StoredToken): Promise<void>;
  acquireLease(key: TokenKey, request: RefreshLeaseRequest): Promise<RefreshLease | undefined>;
  release(lease: RefreshLease): Promise<void>;
  getRefusal(key: TokenKey): Promise<StoredRefusal | undefined>;
  setRefusal(key: TokenKey, refusal: StoredRefusal): Promise<void>;
}

/** Longest time that one store operation may take, beyond the wait that was asked for. Milliseconds. */
const LIMIT_MS = 3_000;

/** Wraps the store; its failures go to the logger as `token.store.failed`, the first one as a warning. */
export function steadyStore(store: TokenStore, clock: Clock, logger: Logger): SteadyStore {
  let warned = false;

  async function attempt<T>(
    operation: string,
    run: () => Promise<T> | undefined,
    limitMs: number,
  ): Promise<T | undefined> {
    let cancelTimer = (): void => undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      cancelTimer = clock.schedule(limitMs, () => {
        reject(new Error('time limit'));
      });
    });
    try {
      return await Promise.race([run(), limit]);
    } catch (error) {
      const event = {
        event: 'token.store.failed',
        store: store.kind,
        operation,
        reason: error instanceof Error ? error.name : 'unknown',
      };
      if (warned) logger.debug(event);
      else logger.warn(event);
      warned = true;
      return undefined;
    } finally {
      cancelTimer();
    }
  }

  return {
    async get(key) {
      const token = await attempt('get', async () => store.get(key), LIMIT_MS);
      return token !== undefined && isStoredToken(token) ? token : undefined;
    },
    async set(key, token) {
      await attempt('set', async () => store.set(key, token), LIMIT_MS);
    },
    acquireLease(key, request) {
      return attempt(
        'acquireLease',
        async () => store.acquireLease?.(key, request),
        LIMIT_MS + request.waitMs,
      );
    },
    async release(lease) {
      await attempt('release', async () => lease.release(), LIMIT_MS);
    },
    getRefusal: (key) => attempt('getRefusal', async () => store.getRefusal?.(key), LIMIT_MS),
    async setRefusal(key, refusal) {
      await attempt('setRefusal', async () => store.setRefusal?.(key, refusal), LIMIT_MS);
    },
  };
}

/** A store's content comes from outside the process: believe its shape only after a look. */
function isStoredToken(value: StoredToken): boolean {
  return typeof value.token === 'string' && value.token !== '' && Number.isFinite(value.expiresOnTimestamp);
}
