import {
  AmlAuthError,
  quietLogger,
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
import type { KeySource } from '../sealing/key-source.js';
import { circuitBreaker } from './circuit-breaker.js';
import { firstLevel } from './first-level.js';
import type { RedisClient } from './redis-client.js';
import { redisCommands } from './redis-commands.js';
import { openRefusal, openText, redisPlace, sealRefusal, sealText, type RedisPlace } from './redis-entry.js';
import { redisKeys } from './redis-keys.js';
import { redisLeases } from './redis-leases.js';
import { checkRedisOptions } from './redis-options.js';

/** How a {@link redisTokenStore} keeps tokens. Times in milliseconds. */
export interface RedisTokenStoreOptions {
  /**
   * A client of `redis` 6 (node-redis), ioredis, iovalkey or valkey-glide, also of a cluster. Its user connects and
   * closes it.
   */
  readonly client: RedisClient;
  /**
   * Seal the tokens: a ring, or where keys come from as for `fileTokenStore`, the first source that works. All
   * processes that share tokens need the same keys; where none can be had, tokens stay in this process.
   */
  readonly keys: KeyRing | KeySource | readonly KeySource[];
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
  /** Tells when tokens and leases have expired. Default: the clock of the machine. */
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
  const { client, clock = systemClock, random = Math.random } = options;
  const logger = quietLogger(options.logger);
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
  const keys = redisKeys(options.keys, clock, logger);
  const leases = redisLeases({ clock, commands, breaker, random });
  /** Reads that callers may share; a change of the token takes its read out. */
  const reads = new Map<
    string,
    { readonly started: symbol; readonly token: Promise<StoredToken | undefined> }
  >();

  async function opened(key: TokenKey, text: string, place: RedisPlace): Promise<StoredToken | undefined> {
    const open = (ring: KeyRing | undefined) => ring && openText(text, ring, place, key);
    let entry = open(await keys.current());
    if (entry?.ok === false && entry.reason === 'unknown-key') entry = open(await keys.newer()) ?? entry;
    if (entry?.ok !== true) {
      logger.debug({ event: 'token.store.unreadable', store: 'redis', reason: entry?.reason });
      return undefined;
    }
    const { token } = entry.entry;
    return token.expiresOnTimestamp > clock.now() ? token : undefined;
  }

  function read(key: TokenKey, place: RedisPlace): Promise<StoredToken | undefined> {
    const started = Symbol();
    const token = (async () => {
      const reply = await breaker.attempt(() => commands.get(place.tokenKey).catch(undefinedIfForeign));
      const found = reply.ok && reply.value !== undefined ? await opened(key, reply.value, place) : undefined;
      const isCurrent = reads.get(place.id)?.started === started;
      if (isCurrent) reads.delete(place.id);
      if (!reply.ok) return seen.last(place.id);
      if (isCurrent) seen.keep(place.id, found);
      return found;
    })();
    reads.set(place.id, { started, token });
    return token;
  }

  async function write(key: TokenKey, token: StoredToken, place: RedisPlace): Promise<void> {
    const ring = await keys.current();
    const ttlMs = Math.ceil(token.expiresOnTimestamp - clock.now());
    await breaker.attempt(async () => {
      if (ttlMs <= 0) await commands.delete(place.tokenKey);
      else if (ring) await commands.set(place.tokenKey, sealText(key, token, ring, place), ttlMs);
    });
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
    async getRefusal(key) {
      const place = redisPlace(prefix, key);
      const ring = await keys.current();
      const reply = await breaker.attempt(() => commands.get(place.refusalKey).catch(undefinedIfForeign));
      if (ring === undefined || !reply.ok || reply.value === undefined) return undefined;
      const refusal = openRefusal(reply.value, ring, place, key);
      return refusal !== undefined && refusal.expiresOnTimestamp > clock.now() ? refusal : undefined;
    },
    async setRefusal(key, refusal) {
      const place = redisPlace(prefix, key);
      const ring = await keys.current();
      const ttlMs = Math.ceil(refusal.expiresOnTimestamp - clock.now());
      if (ring === undefined || !(ttlMs > 0)) return;
      const text = sealRefusal(key, refusal, ring, place);
      await breaker.attempt(() => commands.set(place.refusalKey, text, ttlMs));
    },
  };
  // What belongs to this machine alone stays here.
  const own = memoryTokenStore({ clock, maxEntries });
  const storeOf = async (key: TokenKey): Promise<TokenStore> =>
    isShareable(key) && (await keys.current()) !== undefined ? shared : own;
  return {
    kind: shared.kind,
    get: async (key) => (await storeOf(key)).get(key),
    set: async (key, token) => (await storeOf(key)).set(key, token),
    delete: async (key) => (await storeOf(key)).delete(key),
    acquireLease: async (key, request) => (await storeOf(key)).acquireLease?.(key, request),
    getRefusal: async (key) => (await storeOf(key)).getRefusal?.(key),
    setRefusal: async (key, refusal) => (await storeOf(key)).setRefusal?.(key, refusal),
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
