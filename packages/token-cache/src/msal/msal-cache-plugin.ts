import {
  quietLogger,
  systemClock,
  type Clock,
  type Logger,
  type RefreshLease,
  type TokenStore,
} from '@aml-auth/core';
import { memoryLeases } from '../memory/memory-leases.js';
import { msalEntries } from './msal-entries.js';
import { changesBetween, joinState, splitState, type MsalState } from './msal-state.js';
import { builtins } from '../lib/builtins.js';

/** The cache of MSAL as a text: `ISerializableTokenCache` of `@azure/msal-node`. */
export interface MsalTokenCache {
  /** The whole cache as JSON. */
  serialize(): string;
  /** Replaces the cache by what `serialize` has given. */
  deserialize(cache: string): void;
}

/** What MSAL hands to a plug-in: `TokenCacheContext` of `@azure/msal-node`, as far as it is used. */
export interface MsalCacheContext {
  /** True where MSAL is about to write, or has written. */
  readonly cacheHasChanged: boolean;
  /** The cache that MSAL keeps in memory. */
  readonly tokenCache: MsalTokenCache;
}

/** An `ICachePlugin` for `cache.cachePlugin` of `@azure/msal-node`. */
export interface MsalCachePlugin {
  /** Reads the store into the cache of MSAL. */
  beforeCacheAccess(context: MsalCacheContext): Promise<void>;
  /** Writes to the store what MSAL has changed. */
  afterCacheAccess(context: MsalCacheContext): Promise<void>;
  /**
   * Runs the work while no other process that shares the cache runs such work or writes. Around
   * `acquireTokenSilent` it makes all processes together send one refresh: those that waited find the new token.
   * The lock ends by itself after 30 seconds, and nobody waits longer than ten; then the work runs without it.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** How a {@link msalCachePlugin} keeps the cache. */
export interface MsalCachePluginOptions {
  /** Where the entities go: each is an entry of its own, sealed where the store seals. */
  readonly store: TokenStore;
  /** Applications with the same name share one cache. Default `default`. */
  readonly partition?: string | undefined;
  /** Tells when entries and locks have expired. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Told when the store fails. */
  readonly logger?: Logger | undefined;
}

/** One write by MSAL, from before to after. */
interface Session {
  readonly before: MsalState;
  readonly lock: RefreshLease | undefined;
  readonly isAlone: boolean;
  readonly turn: RefreshLease | undefined;
}

/** Accesses of one process take turns; one that never ends blocks the others no longer than this. Milliseconds. */
const TURN_MS = 30_000;

/**
 * Keeps the cache of MSAL for Node.js (accounts, refresh tokens and access tokens) in a token store, so that a person
 * stays signed in over processes. Processes can write at the same time: each writes what it has changed into what is
 * there by then, under the lock of the store.
 *
 * A store that fails never fails a sign-in; the cache is then that of this process.
 */
export function msalCachePlugin(options: MsalCachePluginOptions): MsalCachePlugin {
  const { store, partition = 'default', clock = systemClock } = options;
  const logger = quietLogger(options.logger);
  const entries = msalEntries(store, partition, clock, logger);
  const turns = memoryLeases(clock);
  const sessions = new WeakMap<MsalCacheContext, Session>();
  const exclusive = new builtins.asyncHooks.AsyncLocalStorage<{ readonly isAlone: boolean }>();

  const takeTurn = (): Promise<RefreshLease | undefined> =>
    turns.acquire('turn', { ttlMs: TURN_MS, waitMs: TURN_MS });

  /** MSAL lays what it is given over what it has in memory. */
  async function load({ tokenCache }: MsalCacheContext): Promise<void> {
    tokenCache.deserialize(joinState(await entries.read()));
  }

  return {
    async beforeCacheAccess(context) {
      const holder = exclusive.getStore();
      const lock = context.cacheHasChanged && holder === undefined ? await entries.lock() : undefined;
      const turn = await takeTurn();
      await load(context);
      if (!context.cacheHasChanged) {
        await turn?.release();
        return;
      }
      // What is in memory alone was removed by another process, and is not brought back.
      const before = splitState(context.tokenCache.serialize());
      sessions.set(context, { before, lock, isAlone: holder?.isAlone ?? lock !== undefined, turn });
    },
    async afterCacheAccess(context) {
      const session = sessions.get(context);
      if (session === undefined) return;
      sessions.delete(context);
      try {
        const changes = changesBetween(session.before, splitState(context.tokenCache.serialize()));
        const nothing = changes.written.size === 0 && changes.removed.size === 0;
        if (!nothing) await entries.write(changes, session.isAlone);
      } finally {
        await session.turn?.release();
        await session.lock?.release().catch(() => undefined);
      }
    },
    async exclusively(work) {
      if (exclusive.getStore() !== undefined) return work();
      const lock = await entries.lock();
      try {
        return await exclusive.run({ isAlone: lock !== undefined }, work);
      } finally {
        await lock?.release().catch(() => undefined);
      }
    },
  };
}
