import {
  AmlAuthError,
  createTokenEngine,
  type RefreshEvent,
  type StoredToken,
  type TokenEngineOptions,
  type TokenEvent,
} from '@aml-auth/core';
import { manualClock, type ManualClock } from '@aml-auth/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';

const SCOPE = 'https://ml.azure.com/.default';
const HOUR = 3_600_000;
const identity = { authorityHost: 'https://login.test', tenantId: 't', clientId: 'c', fingerprint: 'f' };
const settle = () => new Promise((resolve) => setImmediate(resolve));

let clock: ManualClock;
let fetches: number;
/** What the next fetch does. */
let next: () => StoredToken;

beforeEach(() => {
  clock = manualClock();
  fetches = 0;
  next = () => lasting(HOUR);
});

function lasting(ms: number, refreshMs?: number): StoredToken {
  return {
    token: `token-${fetches}`,
    expiresOnTimestamp: clock.now() + ms,
    ...(refreshMs === undefined ? {} : { refreshAfterTimestamp: clock.now() + refreshMs }),
  };
}

function engine(more: Partial<TokenEngineOptions> = {}) {
  return createTokenEngine({
    identity,
    clock,
    random: () => 0,
    acquire: () => {
      fetches += 1;
      return new Promise((resolve) => {
        resolve(next());
      });
    },
    ...more,
  });
}

const failing =
  (init: ConstructorParameters<typeof AmlAuthError>[0]): (() => never) =>
  () => {
    throw new AmlAuthError(init);
  };

describe('the pace of refreshes', () => {
  it('is at most one in thirty seconds where the service always wants one', async () => {
    next = () => lasting(HOUR, 0);
    const subject = engine();
    await subject.getToken(SCOPE);
    for (let second = 0; second < 120; second += 1) {
      clock.advance(1_000);
      await subject.getToken(SCOPE);
      await settle();
    }
    expect(fetches).toBe(1 + 120 / 30);
  });

  it.each([
    ['is over on arrival', -60_000],
    ['lives for half a second', 500],
  ])('is at most one in a second where a token %s', async (_what, life) => {
    next = () => lasting(life);
    const subject = engine();
    for (let tick = 0; tick < 50; tick += 1) {
      await subject.getToken(SCOPE);
      await settle();
      clock.advance(100);
    }
    expect(fetches).toBeGreaterThanOrEqual(4);
    expect(fetches).toBeLessThanOrEqual(6);
  });

  it('keeps up with tokens of three seconds, without waiting and without haste', async () => {
    next = () => lasting(3_000);
    const subject = engine();
    for (let tick = 0; tick < 200; tick += 1) {
      await subject.getToken(SCOPE);
      await settle();
      clock.advance(100);
    }
    // 20 s of calls: 7 tokens would be the fewest.
    expect(fetches).toBeLessThanOrEqual(10);
  });

  it('is spread over a fleet, also where the service names the time', async () => {
    const startOf = async (random: number, refreshMs?: number) => {
      clock = manualClock();
      fetches = 0;
      next = () => lasting(HOUR, refreshMs);
      const subject = engine({ random: () => random });
      await subject.getToken(SCOPE);
      for (let minute = 1; minute <= 60; minute += 1) {
        clock.advance(60_000);
        await subject.getToken(SCOPE);
        await settle();
        if (fetches > 1) return minute;
      }
      return undefined;
    };
    expect([await startOf(0), await startOf(0.999)]).toEqual([45, 48]);
    expect([await startOf(0, HOUR / 2), await startOf(0.999, HOUR / 2)]).toEqual([30, 33]);
  });

  it('does not outlive a service that asks to wait for a day', async () => {
    const subject = engine();
    await subject.getToken(SCOPE);
    next = failing({ code: 'AML_THROTTLED', message: 'busy', retryAfterMs: 24 * HOUR });
    clock.advance(0.8 * HOUR);
    await subject.getToken(SCOPE);
    await settle();
    next = () => lasting(HOUR);
    clock.advance(5 * 60_000);
    await subject.getToken(SCOPE);
    await settle();
    expect(fetches).toBe(3);
  });
});

describe('a refusal', () => {
  it.each([
    ['AML_CREDENTIAL_REJECTED', {}],
    ['AML_IDENTITY_MISMATCH', {}],
    ['AML_CONFIG_INVALID', { status: 400 }],
    ['AML_INTERACTION_REQUIRED', { status: 400 }],
    ['AML_THROTTLED', { retryAfterMs: 10_000 }],
  ] as const)('%s %j is remembered for ten seconds, and no longer', async (code, more) => {
    next = failing({ code, message: 'no', ...more });
    const subject = engine();
    for (let call = 0; call < 5; call += 1)
      await expect(subject.getToken(SCOPE)).rejects.toMatchObject({ code });
    expect(fetches).toBe(1);
    next = () => lasting(HOUR);
    clock.advance(10_000);
    expect((await subject.getToken(SCOPE)).token).toBe('token-2');
  });

  it.each(['AML_NETWORK', 'AML_TIMEOUT', 'AML_NOT_CONFIGURED', 'AML_CONFIG_INVALID'] as const)(
    '%s without an answer of a service is not remembered',
    async (code) => {
      next = failing({ code, message: 'no' });
      const subject = engine();
      await expect(subject.getToken(SCOPE)).rejects.toMatchObject({ code });
      next = () => lasting(HOUR);
      expect((await subject.getToken(SCOPE)).token).toBe('token-2');
    },
  );
});

describe('events', () => {
  it('tell of every token, and of refreshes ahead of expiry that went well or not', async () => {
    const seen: (TokenEvent | RefreshEvent)[] = [];
    const subject = engine({
      method: 'test',
      events: { onToken: (event) => seen.push(event), onRefresh: (event) => seen.push(event) },
    });
    await subject.getToken(SCOPE);
    clock.advance(0.8 * HOUR);
    await subject.getToken(SCOPE);
    await settle();
    clock.advance(0.8 * HOUR);
    next = failing({ code: 'AML_NETWORK', message: 'down' });
    await subject.getToken(SCOPE);
    await settle();
    const facts = { method: 'test', scopes: [SCOPE], tenantId: 't', claims: false };
    expect(seen).toEqual([
      expect.objectContaining({ ...facts, source: 'network' }),
      expect.objectContaining({ ...facts, source: 'network' }),
      expect.objectContaining({ ...facts, outcome: 'renewed' }),
      expect.objectContaining({ ...facts, outcome: 'failed', code: 'AML_NETWORK' }),
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/token-\d/);
  });

  it('and logs never fail a call, whatever the listener does', async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown) => void rejections.push(reason);
    process.on('unhandledRejection', note);
    const throwing = () => {
      throw new Error('listener');
    };
    const rejecting = () => Promise.reject(new Error('listener'));
    for (const listener of [throwing, rejecting]) {
      const logger = { debug: listener, info: listener, warn: listener, error: listener };
      const subject = engine({ logger, events: { onToken: listener, onRefresh: listener } });
      next = () => lasting(HOUR);
      expect((await subject.getToken(SCOPE)).tokenType).toBe('Bearer');
      next = failing({ code: 'AML_NETWORK', message: 'down' });
      await expect(subject.getToken('other/.default')).rejects.toMatchObject({ code: 'AML_NETWORK' });
    }
    await settle();
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
  });
});

it('leaves no rejection unhandled, wherever a failure comes from', async () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown) => void rejections.push(reason);
  process.on('unhandledRejection', note);
  const subject = engine();
  await subject.getToken(SCOPE);
  // In the background, and nobody joins.
  next = failing({ code: 'AML_NETWORK', message: 'down' });
  clock.advance(0.8 * HOUR);
  await subject.getToken(SCOPE);
  await settle();
  // Everybody left before the failure.
  const controller = new AbortController();
  const left = subject.getToken('other/.default', { abortSignal: controller.signal });
  controller.abort();
  await expect(left).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  // A signal of foreign make that cannot be left.
  const stubborn = {
    aborted: false,
    addEventListener: () => undefined,
    removeEventListener: () => {
      throw new Error('no');
    },
  };
  next = () => lasting(HOUR);
  await subject.getToken('third/.default', { abortSignal: stubborn });
  // A method that throws instead of rejecting.
  const throwing = engine({
    acquire: () => {
      throw new TypeError('bug');
    },
  });
  await expect(throwing.getToken(SCOPE)).rejects.toThrow('bug');
  await settle();
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
});
