import type { Clock, Logger, RefreshLease, StoredToken, TokenKey, TokenStore } from '@aml-auth/core';
import { MSAL_HOST } from '../entry/is-shareable.js';
import { changedIndex, formatIndex, parseIndex, type MsalIndex } from './msal-index.js';
import { contentHash, expiryOf, LONG_LIFE_MS, type MsalChanges, type MsalState } from './msal-state.js';

/** The entities of a cache of MSAL in a token store. Nothing here rejects: a store that fails counts as empty. */
export interface MsalEntries {
  read(): Promise<MsalState>;
  /**
   * Writes the changes into what is there by now.
   *
   * @param isAlone - whether the caller holds the lock; without it, what another writer undid is written again
   */
  write(changes: MsalChanges, isAlone: boolean): Promise<void>;
  /** The lock, or undefined where it was not free in time. */
  lock(): Promise<RefreshLease | undefined>;
}

/** A lock ends by itself after `LOCK_MS`; nobody waits longer than `WAIT_MS`, and looks again after `PAUSE_MS`. */
const [LOCK_MS, WAIT_MS, PAUSE_MS] = [30_000, 10_000, 10];
/** Looks whether a write without the lock has survived. */
const CHECKS = 3;
/** What lives long is written again in the last two thirds of its life. */
const RENEW_MS = LONG_LIFE_MS / 3;

/**
 * Each entity is an entry of its own, named after its content and never changed; an index says which of them make up
 * the cache. So a reader sees old or new, and writers meet at the index only.
 */
export function msalEntries(store: TokenStore, partition: string, clock: Clock, logger: Logger): MsalEntries {
  const indexKey = entryKey(partition, 'index');

  async function attempt<T>(operation: string, run: () => Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      logger.warn({ event: 'token.store.failed', store: store.kind, operation, reason });
      return undefined;
    }
  }

  const get = (key: TokenKey): Promise<StoredToken | undefined> => attempt('get', async () => store.get(key));
  const set = (key: TokenKey, token: string, expiresOnTimestamp: number): Promise<void> =>
    attempt('set', async () => store.set(key, { token, expiresOnTimestamp }));
  const readIndex = async (): Promise<MsalIndex> => parseIndex((await get(indexKey))?.token);
  /** What this process knows, for the time in which the store fails: MSAL empties its memory before it reads. */
  let known: MsalState = new Map();

  async function readEntities(index: MsalIndex): Promise<MsalState> {
    const now = clock.now();
    const found = await Promise.all(
      [...index].map(async ([name, { hash, expiresOn }]) => {
        const text = expiresOn > now ? (await get(entryKey(partition, name, hash)))?.token : undefined;
        return text === undefined || contentHash(text) !== hash ? [] : [[name, text] as const];
      }),
    );
    return new Map(found.flat());
  }

  async function writeEntities(written: MsalState): Promise<MsalIndex> {
    const now = clock.now();
    const rows = [...written].map(async ([name, text]) => {
      const [hash, expiresOn] = [contentHash(text), expiryOf(name, text, now)];
      await set(entryKey(partition, name, hash), text, expiresOn);
      return [name, { hash, expiresOn }] as const;
    });
    return new Map(await Promise.all(rows));
  }

  /** Long-lived entities whose time should start again: a person who comes back stays signed in. */
  async function ageing(index: MsalIndex): Promise<MsalState> {
    const now = clock.now();
    const old = [...index].filter(([name, { expiresOn }]) => {
      const isLong = !name.startsWith('["AccessToken"');
      return isLong && expiresOn > now && expiresOn - now < LONG_LIFE_MS - RENEW_MS;
    });
    return readEntities(new Map(old));
  }

  async function putIndex(added: MsalIndex, removed: ReadonlySet<string>): Promise<MsalIndex> {
    const before = await readIndex();
    const after = changedIndex(before, added, removed, clock.now());
    await set(indexKey, formatIndex(after), clock.now() + LONG_LIFE_MS);
    return before;
  }

  async function dropReplaced(
    before: MsalIndex,
    added: MsalIndex,
    removed: ReadonlySet<string>,
  ): Promise<void> {
    const gone = [...before].filter(
      ([name, { hash }]) => removed.has(name) || (added.get(name)?.hash ?? hash) !== hash,
    );
    await Promise.all(
      gone.map(([name, { hash }]) =>
        attempt('delete', async () => store.delete(entryKey(partition, name, hash))),
      ),
    );
  }

  /** Undefined: somebody else has it. False: the store does not say. */
  async function askForLock(waitMs: number): Promise<RefreshLease | undefined | false> {
    const asked = await attempt('acquireLease', async () => {
      const lease = await store.acquireLease?.(indexKey, { ttlMs: LOCK_MS, waitMs });
      return { lease };
    });
    return asked === undefined ? false : asked.lease;
  }

  /** A store with a memory of its own looks again once a lease was asked for. */
  async function latestIndex(): Promise<MsalIndex> {
    const lease = await askForLock(0);
    if (lease) await lease.release().catch(() => undefined);
    return readIndex();
  }

  /** Without the lock another writer may have put an older index in place of ours. */
  async function survived(added: MsalIndex): Promise<boolean> {
    const now = await latestIndex();
    return [...added].every(([name]) => now.has(name));
  }

  async function readAll(): Promise<MsalState> {
    const stored = await attempt('get', async () => ({ index: await store.get(indexKey) }));
    if (stored === undefined) return known;
    const index = parseIndex(stored.index?.token);
    const state = await readEntities(index);
    if (state.size === index.size) return state;
    // A writer may have replaced an entity since the index was read; what is missing now has expired or is lost.
    return readEntities(await latestIndex());
  }

  return {
    async read() {
      known = await readAll();
      return known;
    },
    async write({ written, removed }, isAlone) {
      known = new Map([...[...known].filter(([name]) => !removed.has(name)), ...written]);
      const renewed = await ageing(await readIndex());
      const fresh = [...renewed].filter(([name]) => !removed.has(name));
      const added = await writeEntities(new Map([...fresh, ...written]));
      const before = await putIndex(added, removed);
      for (let check = 0; !isAlone && check < CHECKS && !(await survived(added)); check += 1) {
        await putIndex(added, removed);
      }
      await dropReplaced(before, added, removed);
    },
    async lock() {
      if (store.acquireLease === undefined) return undefined;
      const deadline = clock.monotonic() + WAIT_MS;
      for (;;) {
        const lease = await askForLock(Math.max(0, deadline - clock.monotonic()));
        if (lease === false) return undefined;
        if (lease !== undefined || clock.monotonic() >= deadline) return lease;
        // A store says early that another holder is done; here the turn itself is needed.
        await new Promise<void>((resolve) => void clock.schedule(PAUSE_MS, resolve));
      }
    },
  };
}

function entryKey(partition: string, name: string, hash = ''): TokenKey {
  return {
    authorityHost: MSAL_HOST,
    tenantId: '',
    clientId: partition,
    fingerprint: 'v1',
    scopes: [JSON.stringify([name, hash])],
    claims: '',
    enableCae: false,
    tokenType: 'Bearer',
  };
}
