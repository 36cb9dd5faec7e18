import {
  AmlAuthError,
  silentLogger,
  systemClock,
  type Clock,
  type Logger,
  type StoredToken,
  type TokenKey,
  type TokenStore,
} from '@aml-auth/core';
import { isShareable } from '../entry/is-shareable.js';
import { memoryTokenStore } from '../memory/memory-token-store.js';
import type { KeyRing } from '../sealing/key-ring.js';
import { circuitBreaker } from './circuit-breaker.js';
import { firstLevel } from './first-level.js';
import type { RedisClient } from './redis-client.js';
import { redisCommands } from './redis-commands.js';
import { openText, redisPlace, sealText, type RedisPlace } from './redis-entry.js';
import { redisLeases } from './redis-leases.js';
import { checkRedisOptions } from './redis-options.js';

/** How a {@link redisTokenStore} keeps tokens. Times in milliseconds. */
export interface RedisTokenStoreOptions {
  /**
   * A client of `redis` 6 (node-redis), ioredis, iovalkey or valkey-glide, also of a cluster. Its user connects and
   * closes it.
   */
  readonly client: RedisClient;
  /** Seals the tokens. All processes that share tokens need the same keys. */
  readonly keys: KeyRing;
  /** In front of all names on the server. Letters, digits and `. : _ -`. Default `aml-auth`. */
  readonly prefix?: string | undefined;
  /**
   * For how long a token that was seen is given out without another look at the server, and a miss for at most a
   * quarter of a second; 0 looks each time. A lease that is asked for always makes the next read look. Default 1,000.
   */
  readonly memoryMs?: number | undefined;
  /** Most tokens kept in this process. Default 1,000. */
  readonly maxEntries?: number | undefined;
  /** Longest time for one command. Default 250. */
  readonly limitMs?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Told when the server does not answer, when it does again, and of entries that do not open. */
  readonly logger?: Logger | undefined;
  /** A number from 0 to below 1, which spreads the looks at a lease. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** Longest time for which a miss is remembered, in milliseconds. */
const LONGEST_MISS_MS = 250;
/** Failures in a row after which the server is left alone, and for how long in milliseconds. */
const [FAILURES, OPEN_MS] = [3, 5_000];

/**
 * A token store on a Redis or Valkey server, or a cluster of them: processes and machines share tokens, and of all of
 * them one refreshes a token at a time.
 *
 * Each token is one sealed key that expires with it. A server that is down, slow or full costs at most `limitMs` for
 * a command, and after three failures nothing for five seconds: then this process keeps tokens and leases to itself.
 * Only `delete` rejects, since the token is still there. Tokens of managed identities never leave this process.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option; by `delete`, `AML_SERVICE_UNAVAILABLE` where the
 *   server did not answer
 */
export function redisTokenStore(options: RedisTokenStoreOptions): TokenStore {
  const { client, keys, clock = systemClock, logger = silentLogger, random = Math.random } = options;
  const { prefix, memoryMs, maxEntries, limitMs } = checkRedisOptions(options);
  outliveErrors(client);
  const commands = redisCommands(client);
  const seen = firstLevel(clock, memoryMs, Math.min(memoryMs, LONGEST_MISS_MS), maxEntries);
  const breaker = circuitBreaker({
    clock,
    limitMs,
    failures: FAILURES,
    openMs: OPEN_MS,
    onChange(state, reason) {
      if (state === 'open') logger.warn({ event: 'token.store.unavailable', store: 'redis', reason });
      else logger.info({ event: 'token.store.available', store: 'redis' });
    },
  });
  const leases = redisLeases({ clock, commands, breaker, random });
  /** Reads that callers may share; a change of the token takes its read out. */
  const reads = new Map<
    string,
    { readonly started: symbol; readonly token: Promise<StoredToken | undefined> }
  >();

  function opened(text: string | undefined, key: TokenKey, place: RedisPlace): StoredToken | undefined {
    if (text === undefined) return undefined;
    const entry = openText(text, keys, place, key);
    if (!entry.ok) {
      logger.debug({ event: 'token.store.unreadable', store: 'redis', reason: entry.reason });
      return undefined;
    }
    const { token } = entry.entry;
    return token.expiresOnTimestamp > clock.now() ? token : undefined;
  }

  function read(key: TokenKey, place: RedisPlace): Promise<StoredToken | undefined> {
    const started = Symbol();
    const token = (async () => {
      const reply = await breaker.attempt(() => commands.get(place.tokenKey).catch(undefinedIfForeign));
      const isCurrent = reads.get(place.id)?.started === started;
      if (isCurrent) reads.delete(place.id);
      if (!reply.ok) return seen.last(place.id);
      const found = opened(reply.value, key, place);
      if (isCurrent) seen.keep(place.id, found);
      return found;
    })();
    reads.set(place.id, { started, token });
    return token;
  }

  async function write(key: TokenKey, token: StoredToken, place: RedisPlace): Promise<void> {
    const ttlMs = Math.ceil(token.expiresOnTimestamp - clock.now());
    await breaker.attempt(() =>
      ttlMs > 0
        ? commands.set(place.tokenKey, sealText(key, token, keys, place), ttlMs)
        : commands.delete(place.tokenKey),
    );
  }

  const shared: TokenStore = {
    kind: 'redis',
    async get(key) {
      const place = redisPlace(prefix, key);
      const recent = seen.recent(place.id);
      if (recent !== undefined) return recent.token;
      return reads.get(place.id)?.token ?? read(key, place);
    },
    async set(key, token) {
      const place = redisPlace(prefix, key);
      reads.delete(place.id);
      seen.keep(place.id, token);
      await write(key, token, place);
    },
    async delete(key) {
      const { id, tokenKey } = redisPlace(prefix, key);
      reads.delete(id);
      seen.forget(id);
      const reply = await breaker.attempt(() => commands.delete(tokenKey));
      if (!reply.ok) throw notDeleted();
    },
    acquireLease(key, request) {
      const place = redisPlace(prefix, key);
      const doubted = (): void => {
        reads.delete(place.id);
        seen.doubt(place.id);
      };
      return leases.acquire(place, request).finally(doubted);
    },
  }; // What belongs to this machine alone stays here.
  const own = memoryTokenStore({ clock, maxEntries });
  const storeOf = (key: TokenKey): TokenStore => (isShareable(key) ? shared : own);
  return {
    kind: shared.kind,
    get: async (key) => storeOf(key).get(key),
    set: async (key, token) => storeOf(key).set(key, token),
    delete: async (key) => storeOf(key).delete(key),
    acquireLease: async (key, request) => storeOf(key).acquireLease?.(key, request),
  };
}

/** Clients that somebody listens to. */
const outlived = new WeakSet<RedisClient>();

/** Clients emit `error` when a connection breaks, which ends a process where nobody listens. They reconnect by themselves. */
function outliveErrors(client: RedisClient): void {
  const { on } = client as { on?: (event: string, listener: () => void) => unknown };
  if (typeof on !== 'function' || outlived.has(client)) return;
  outlived.add(client);
  on.call(client, 'error', () => undefined);
}

/** A key of another type answers with an error, which is no failure of the server. */
function undefinedIfForeign(error: unknown): undefined {
  if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return undefined;
  throw error;
}

function notDeleted(): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_SERVICE_UNAVAILABLE',
    message: 'The token was not deleted: the Redis server did not answer.',
    remedy: 'Try again when the server is back; the token is there until it expires.',
  });
}
