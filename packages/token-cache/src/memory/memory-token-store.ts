import {
  AmlAuthError,
  systemClock,
  tokenKeyId,
  type Clock,
  type StoredToken,
  type TokenStore,
} from '@aml-auth/core';
import { memoryLeases } from './memory-leases.js';

/** How a {@link memoryTokenStore} keeps tokens. */
export interface MemoryTokenStoreOptions {
  /** Tells when tokens and leases have expired. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Most tokens kept; beyond that the one that was not used for the longest time goes. Default 1,000. */
  readonly maxEntries?: number | undefined;
}

/**
 * A token store in the memory of this process: credentials that share it share tokens, and only one
 * of them refreshes at a time. Nothing is written anywhere, and nothing outlives the process.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where `maxEntries` is not a whole number from 1
 */
export function memoryTokenStore(options: MemoryTokenStoreOptions = {}): TokenStore {
  const { clock = systemClock, maxEntries = 1_000 } = options;
  if (!Number.isSafeInteger(maxEntries) || maxEntries < 1) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `maxEntries ${String(maxEntries)} is not a whole number from 1.`,
      remedy: 'Give maxEntries as a number such as 1000, or leave it out.',
    });
  }
  /** In order of use, the oldest first. */
  const tokens = new Map<string, StoredToken>();
  const leases = memoryLeases(clock);

  function find(id: string): StoredToken | undefined {
    const token = tokens.get(id);
    tokens.delete(id);
    if (token === undefined || token.expiresOnTimestamp <= clock.now()) return undefined;
    tokens.set(id, token);
    return token;
  }

  function keep(id: string, token: StoredToken): void {
    tokens.delete(id);
    if (token.expiresOnTimestamp <= clock.now()) return;
    tokens.set(id, Object.freeze({ ...token }));
    const [oldest] = tokens.keys();
    if (tokens.size > maxEntries && oldest !== undefined) tokens.delete(oldest);
  }

  return {
    kind: 'memory',
    get: (key) => Promise.resolve(find(tokenKeyId(key))),
    set(key, token) {
      keep(tokenKeyId(key), token);
      return Promise.resolve();
    },
    delete(key) {
      tokens.delete(tokenKeyId(key));
      return Promise.resolve();
    },
    acquireLease: (key, request) => leases.acquire(tokenKeyId(key), request),
  };
}
