import { setImmediate, setTimeout } from 'node:timers/promises';
import type { RefreshLease, RefreshLeaseRequest, TokenKey, TokenStore } from '@aml-auth/core';
import { expect } from 'vitest';
import { contract, type ContractCase } from '../contract-case.js';
import { otherKeys, tokenKey, type TokenStoreSubject } from './token-store-subject.js';

const LONG_MS = 30_000;
const SHORT_MS = 50;
/** Steps of time that a store in memory needs at most. */
const QUICK_STEPS = 20;

function acquire(
  store: TokenStore,
  request: Partial<RefreshLeaseRequest> = {},
  key: TokenKey = tokenKey(),
): Promise<RefreshLease | undefined> {
  if (store.acquireLease === undefined) throw new Error('The store has no leases.');
  return store.acquireLease(key, { ttlMs: LONG_MS, waitMs: 0, ...request });
}

async function held(
  store: TokenStore,
  request: Partial<RefreshLeaseRequest> = {},
  key: TokenKey = tokenKey(),
): Promise<RefreshLease> {
  const lease = await acquire(store, request, key);
  if (lease === undefined) throw new Error('The lease was not given, though nobody holds it.');
  return lease;
}

/** What the promise gives, with time moving on where it stands still by itself. */
async function settled<T>({ clock }: TokenStoreSubject, pending: Promise<T>): Promise<T> {
  if (clock === undefined) return pending;
  const done = new AbortController();
  const settle = (): void => {
    done.abort();
  };
  pending.then(settle, settle);
  for (let step = 0; step < 2_000; step += 1) {
    // Files and servers answer in real time, however fast the clock of the test runs.
    await (step < QUICK_STEPS ? setImmediate() : setTimeout(1));
    if (done.signal.aborted) return pending;
    clock.advance(SHORT_MS);
  }
  throw new Error('Still waiting after 100 seconds.');
}

/** What a store with leases promises about them. */
export const leaseCases: readonly ContractCase<TokenStoreSubject>[] = contract((add) => {
  add(
    'gives a lease to one holder at a time, and answers the next at once where it does not wait',
    async ({ store, another = store }) => {
      const lease = await held(store);
      expect(await acquire(another)).toBeUndefined();
      await lease.release();
      await held(another);
    },
  );

  for (const [field, other] of otherKeys) {
    add(`gives leases for keys that differ in ${field} apart`, async ({ store }) => {
      await held(store);
      await held(store, {}, other);
    });
  }

  add(
    'gives a lease whether or not there is a token, and leaves the token alone',
    async ({ store, clock }) => {
      const token = { token: 't', expiresOnTimestamp: (clock?.now() ?? Date.now()) + 3_600_000 };
      await store.set(tokenKey(), token);
      const lease = await held(store);
      expect(await store.get(tokenKey())).toEqual(token);
      await lease.release();
      expect(await store.get(tokenKey())).toEqual(token);
    },
  );

  add('ends the wait when the holder is done', async (subject) => {
    const { store, another = store } = subject;
    const lease = await held(store);
    const waiting = acquire(another, { waitMs: LONG_MS });
    await lease.release();
    const next = await waiting;
    // Undefined is allowed here: the other one is done, look into the store.
    await next?.release();
    await held(store);
  });

  add('ends the wait when its time is over', async (subject) => {
    await held(subject.store);
    expect(await settled(subject, acquire(subject.store, { waitMs: SHORT_MS }))).toBeUndefined();
    expect(await acquire(subject.store)).toBeUndefined();
  });

  add('ends a lease after its time, though the holder never comes back', async (subject) => {
    const { store, another = store } = subject;
    await held(store, { ttlMs: SHORT_MS });
    const next = await settled(subject, acquire(another, { waitMs: LONG_MS }));
    if (next === undefined) await held(another);
    expect(await acquire(store)).toBeUndefined();
  });

  add('does not let a holder whose time is over end the lease of the next one', async (subject) => {
    const { store, another = store } = subject;
    const late = await held(store, { ttlMs: SHORT_MS });
    const next = await settled(subject, acquire(another, { waitMs: LONG_MS }));
    if (next === undefined) await held(another);
    await late.release();
    expect(await acquire(store)).toBeUndefined();
  });

  add('lets a lease be released twice, without harm to the next holder', async ({ store }) => {
    const lease = await held(store);
    await lease.release();
    const next = await held(store);
    await lease.release();
    expect(await acquire(store)).toBeUndefined();
    await next.release();
    await held(store);
  });

  add('ends the wait of an aborted caller, and gives it nothing afterwards', async ({ store }) => {
    const lease = await held(store);
    const controller = new AbortController();
    const waiting = acquire(store, { waitMs: LONG_MS, signal: controller.signal });
    controller.abort();
    expect(await waiting.catch(() => undefined)).toBeUndefined();
    await lease.release();
    await held(store);
  });

  add('gives nothing to a caller that was aborted before', async ({ store }) => {
    const before = await acquire(store, { signal: AbortSignal.abort() }).catch(() => undefined);
    expect(before).toBeUndefined();
    await held(store);
  });

  add(
    'never has two holders while 20 callers compete, and serves or sends away each of them',
    async (subject) => {
      const { store, another = store } = subject;
      let holders = 0;
      let most = 0;
      let served = 0;
      const compete = async (mine: TokenStore): Promise<void> => {
        const lease = await acquire(mine, { waitMs: LONG_MS });
        if (lease === undefined) return;
        holders += 1;
        served += 1;
        most = Math.max(most, holders);
        await setImmediate();
        holders -= 1;
        await lease.release();
      };
      const all = Array.from({ length: 20 }, (_, index) => compete(index % 2 === 0 ? store : another));
      await Promise.all(all);
      expect(most).toBe(1);
      expect(served).toBeGreaterThan(0);
      await held(store);
    },
  );
});
