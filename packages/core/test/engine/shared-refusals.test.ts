import {
  AmlAuthError,
  createTokenEngine,
  tokenKeyId,
  type RefreshLease,
  type StoredRefusal,
  type StoredToken,
  type TokenStore,
} from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, it } from 'vitest';

const SCOPE = 'https://ml.azure.com/.default';
const refused = (change: object = {}): AmlAuthError =>
  new AmlAuthError({
    code: 'AML_CREDENTIAL_REJECTED',
    message: 'AADSTS7000215: Invalid client secret provided.',
    remedy: 'Renew it.',
    aadsts: 7_000_215,
    status: 401,
    correlation: { correlationId: 'c-1' },
    ...change,
  });

/** A store in common, and engines on it as other processes would have. */
function world(fail: () => unknown = refused) {
  const clock = manualClock();
  const tokens = new Map<string, StoredToken>();
  const refusals = new Map<string, StoredRefusal>();
  let lease: Promise<void> | undefined;
  const store: TokenStore = {
    kind: 'shared',
    get: (key) => Promise.resolve(tokens.get(tokenKeyId(key))),
    set: (key, token) => Promise.resolve(void tokens.set(tokenKeyId(key), token)),
    delete: (key) => Promise.resolve(void tokens.delete(tokenKeyId(key))),
    async acquireLease(): Promise<RefreshLease | undefined> {
      while (lease !== undefined) await lease;
      let end = (): void => undefined;
      lease = new Promise((resolve) => (end = resolve));
      return {
        release: () => {
          lease = undefined;
          end();
          return Promise.resolve();
        },
      };
    },
    getRefusal: (key) => Promise.resolve(refusals.get(tokenKeyId(key))),
    setRefusal: (key, refusal) =>
      Promise.resolve(void refusals.set(tokenKeyId(key), structuredClone(refusal))),
  };
  let asked = 0;
  const engine = (fingerprint = 'f', change: Partial<TokenStore> = {}) =>
    createTokenEngine({
      identity: { authorityHost: 'https://login.test', tenantId: 't', clientId: 'c', fingerprint },
      store: { ...store, ...change },
      clock,
      random: () => 0,
      acquire: () => {
        asked += 1;
        const error = fail();
        if (error !== undefined) return Promise.reject(error as Error);
        return Promise.resolve({ token: 'token', expiresOnTimestamp: clock.now() + 3_600_000 });
      },
    });
  return { clock, refusals, engine, asked: () => asked };
}

describe('a refusal', () => {
  it('is asked for once by 40 processes, all of which say why', async () => {
    const { engine, asked } = world();
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => engine().getToken(SCOPE)));
    expect(asked()).toBe(1);
    for (const result of results) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: {
          code: 'AML_CREDENTIAL_REJECTED',
          message: 'AADSTS7000215: Invalid client secret provided.',
          remedy: 'Renew it.',
          aadsts: 7_000_215,
          correlation: { correlationId: 'c-1' },
        },
      });
    }
  });

  it('counts for ten seconds from when it was met, also where it is heard of late', async () => {
    const { clock, engine, asked } = world();
    const [first, second] = [engine(), engine()];
    await expect(first.getToken(SCOPE)).rejects.toThrow();
    clock.advance(9_000);
    await expect(second.getToken(SCOPE)).rejects.toThrow();
    expect(asked()).toBe(1);
    clock.advance(1_000);
    await expect(second.getToken(SCOPE)).rejects.toThrow();
    expect(asked()).toBe(2);
  });

  it('does not concern another secret', async () => {
    const { engine, asked } = world();
    await expect(engine('one').getToken(SCOPE)).rejects.toThrow();
    await expect(engine('two').getToken(SCOPE)).rejects.toThrow();
    expect(asked()).toBe(2);
  });

  it('that asks to wait is heeded by all, for half a minute at most', async () => {
    const { clock, engine, asked, refusals } = world(() =>
      refused({ code: 'AML_THROTTLED', status: 429, retryAfterMs: 120_000 }),
    );
    await expect(engine().getToken(SCOPE)).rejects.toThrow();
    await expect(engine().getToken(SCOPE)).rejects.toMatchObject({ code: 'AML_THROTTLED' });
    expect(asked()).toBe(1);
    expect([...refusals.values()][0]?.expiresOnTimestamp).toBe(clock.now() + 30_000);
  });

  it.each([
    ['an outage', () => refused({ code: 'AML_SERVICE_UNAVAILABLE', status: 503 })],
    ['what was found out on this machine', () => refused({ status: undefined })],
    ['a failure of another kind', () => new TypeError('fault')],
  ])('is not told of %s', async (_, fail) => {
    const { engine, asked, refusals } = world(fail);
    await expect(engine().getToken(SCOPE)).rejects.toThrow();
    await expect(engine().getToken(SCOPE)).rejects.toThrow();
    expect(asked()).toBe(2);
    expect(refusals.size).toBe(0);
  });

  it.each([
    { error: { code: 'AML_NONSENSE', message: 'm' }, expiresOnTimestamp: Number.MAX_SAFE_INTEGER },
    { error: { code: 'toString', message: 'm' }, expiresOnTimestamp: Number.MAX_SAFE_INTEGER },
    { error: { code: 'AML_CREDENTIAL_REJECTED' }, expiresOnTimestamp: Number.MAX_SAFE_INTEGER },
    { error: null, expiresOnTimestamp: Number.MAX_SAFE_INTEGER },
    { error: { code: 'AML_CREDENTIAL_REJECTED', message: 'm' }, expiresOnTimestamp: Number.NaN },
    { error: { code: 'AML_CREDENTIAL_REJECTED', message: 'm' }, expiresOnTimestamp: 0 },
  ])('that is none (%j) costs no token', async (refusal) => {
    const { engine } = world(() => undefined);
    const getRefusal = () => Promise.resolve(refusal as unknown as StoredRefusal);
    expect((await engine('f', { getRefusal }).getToken(SCOPE)).token).toBe('token');
  });

  it('that a store cannot keep or give costs no token and no error of its own', async () => {
    const broken = () => Promise.reject(new Error('broken'));
    const change = { getRefusal: broken, setRefusal: broken };
    expect(
      (
        await world(() => undefined)
          .engine('f', change)
          .getToken(SCOPE)
      ).token,
    ).toBe('token');
    await expect(world().engine('f', change).getToken(SCOPE)).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
    });
  });
});
