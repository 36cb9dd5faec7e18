import {
  createTokenEngine,
  tokenKeyId,
  type LogEvent,
  type RefreshLease,
  type StoredToken,
  type TokenKey,
  type TokenStore,
} from '@aml-auth/core';
import { manualClock, type ManualClock } from '@aml-auth/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';

const SCOPE = 'https://ml.azure.com/.default';
const HOUR = 3_600_000;
const identity = { authorityHost: 'https://login.test', tenantId: 't', clientId: 'c', fingerprint: 'f' };
const settle = () => new Promise((resolve) => setImmediate(resolve));

let clock: ManualClock;
let fetches: number;
let warnings: LogEvent[];

beforeEach(() => {
  clock = manualClock();
  fetches = 0;
  warnings = [];
});

function engineOn(store: TokenStore) {
  return createTokenEngine({
    identity,
    store,
    clock,
    random: () => 0,
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (event) => warnings.push(event),
      error: () => undefined,
    },
    acquire: () => {
      fetches += 1;
      return Promise.resolve({ token: `fetched-${fetches}`, expiresOnTimestamp: clock.now() + HOUR });
    },
  });
}

/** A store that several engines share, with one lease at a time and no waiting. */
function sharedStore() {
  const kept = new Map<string, StoredToken>();
  const held = new Set<string>();
  const store: TokenStore = {
    kind: 'shared',
    get: (key) => Promise.resolve(kept.get(tokenKeyId(key))),
    set: (key, token) => Promise.resolve(void kept.set(tokenKeyId(key), token)),
    delete: (key) => Promise.resolve(void kept.delete(tokenKeyId(key))),
    acquireLease(key): Promise<RefreshLease | undefined> {
      const id = tokenKeyId(key);
      if (held.has(id)) return Promise.resolve(undefined);
      held.add(id);
      return Promise.resolve({ release: () => Promise.resolve(void held.delete(id)) });
    },
  };
  return { store, kept, held };
}

describe('with a token store', () => {
  it('takes the token that another engine has stored', async () => {
    const { store } = sharedStore();
    const first = await engineOn(store).getToken(SCOPE);
    const second = await engineOn(store).getToken(SCOPE);
    expect([first.token, second.token, fetches]).toEqual(['fetched-1', 'fetched-1', 1]);
  });

  it('leaves a token that is about to expire, and gives none out after its time', async () => {
    const { store, kept } = sharedStore();
    await engineOn(store).getToken(SCOPE);
    const [[id = '', token] = []] = kept;
    kept.set(id, { ...token!, expiresOnTimestamp: clock.now() + 200 });
    const engine = engineOn(store);
    const given = await engine.getToken(SCOPE);
    clock.advance(201);
    expect([given.token, (await engine.getToken(SCOPE)).token]).toEqual(['fetched-2', 'fetched-2']);
  });

  it('keeps the token under the full key and gives the lease back', async () => {
    const { store, kept, held } = sharedStore();
    await engineOn(store).getToken(SCOPE, { enableCae: true });
    const key: TokenKey = { ...identity, scopes: [SCOPE], claims: '', enableCae: true, tokenType: 'Bearer' };
    expect([...kept.keys()]).toEqual([tokenKeyId(key)]);
    expect(held.size).toBe(0);
  });

  it('leaves an early refresh to the process that holds the lease', async () => {
    const { store, held, kept } = sharedStore();
    const engine = engineOn(store);
    await engine.getToken(SCOPE);
    clock.advance(0.8 * HOUR);
    const [id] = kept.keys();
    held.add(id!);
    await engine.getToken(SCOPE);
    await settle();
    expect(fetches).toBe(1);
  });

  it('fetches without a lease when it has no token and the holder gives none', async () => {
    const { store } = sharedStore();
    const busy: TokenStore = { ...store, acquireLease: () => Promise.resolve(undefined) };
    expect((await engineOn(busy).getToken(SCOPE)).token).toBe('fetched-1');
  });

  it('takes the newer token that another process stored instead of fetching', async () => {
    const { store, kept } = sharedStore();
    const engine = engineOn(store);
    await engine.getToken(SCOPE);
    clock.advance(0.8 * HOUR);
    const [id] = kept.keys();
    kept.set(id!, { token: 'from-elsewhere', expiresOnTimestamp: clock.now() + HOUR });
    await engine.getToken(SCOPE);
    await settle();
    expect((await engine.getToken(SCOPE)).token).toBe('from-elsewhere');
    expect(fetches).toBe(1);
  });

  it('does not read the store for a claims challenge, and stores the answer for calls without claims', async () => {
    const { store } = sharedStore();
    await engineOn(store).getToken(SCOPE);
    const answer = await engineOn(store).getToken(SCOPE, { claims: '{"access_token":{}}' });
    const later = await engineOn(store).getToken(SCOPE);
    expect([answer.token, later.token]).toEqual(['fetched-2', 'fetched-2']);
  });
});

describe('with a store that fails', () => {
  const broken = (): Promise<never> => Promise.reject(new Error('disk full'));
  const throwing = (): never => {
    throw new Error('bug');
  };

  it.each([
    ['rejects', broken],
    ['throws', throwing],
  ])('gives the token although every operation %s, and warns once', async (_how, operation) => {
    const store: TokenStore = {
      kind: 'bad',
      get: operation,
      set: operation,
      delete: operation,
      acquireLease: operation,
    };
    expect((await engineOn(store).getToken(SCOPE)).token).toBe('fetched-1');
    expect(warnings).toEqual([expect.objectContaining({ event: 'token.store.failed', store: 'bad' })]);
  });

  it('gives the token although the store hangs', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const store: TokenStore = { kind: 'stuck', get: never, set: never, delete: never };
    const call = engineOn(store).getToken(SCOPE);
    let token: string | undefined;
    void call.then((result) => (token = result.token));
    for (let step = 0; step < 10 && token === undefined; step += 1) {
      await settle();
      clock.advance(3_000);
    }
    expect((await call).token).toBe('fetched-1');
    expect(clock.pending).toBe(0);
  });

  it.each([
    [{}],
    [{ token: '', expiresOnTimestamp: 1e15 }],
    [{ token: 'x' }],
    [{ token: 5, expiresOnTimestamp: 1e15 }],
  ])('does not believe the entry %j', async (entry) => {
    const store: TokenStore = {
      kind: 'odd',
      get: () => Promise.resolve(entry as StoredToken),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    };
    expect((await engineOn(store).getToken(SCOPE)).token).toBe('fetched-1');
  });
});
