import {
  AmlAuthError,
  createTokenEngine,
  type LogEvent,
  type StoredToken,
  type TokenEngine,
  type TokenEngineOptions,
  type TokenRequest,
} from '@aml-auth/core';
import { manualClock, type ManualClock } from '@aml-auth/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';

const SCOPE = 'https://ml.azure.com/.default';
const HOUR = 3_600_000;

/** A token source whose answers the test gives, one by one. */
function manualSource() {
  const requests: (TokenRequest & { succeed(token: StoredToken): void; fail(error: unknown): void })[] = [];
  const acquire = (request: TokenRequest) =>
    new Promise<StoredToken>((succeed, fail) => {
      requests.push({ ...request, succeed, fail });
    });
  return { requests, acquire };
}

/** Lets everything run that does not wait for the test. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

let clock: ManualClock;
let source: ReturnType<typeof manualSource>;
let events: LogEvent[];

beforeEach(() => {
  clock = manualClock();
  source = manualSource();
  events = [];
});

function engineWith(more: Partial<TokenEngineOptions> = {}): TokenEngine {
  const log = (event: LogEvent) => void events.push(event);
  return createTokenEngine({
    identity: {
      authorityHost: 'https://login.test',
      tenantId: 'contoso',
      clientId: 'app',
      fingerprint: 'f1',
    },
    acquire: source.acquire,
    clock,
    random: () => 0,
    logger: { debug: log, info: log, warn: log, error: log },
    ...more,
  });
}

function tokenFor(ms: number, token = 'token-1', refreshMs?: number): StoredToken {
  return {
    token,
    expiresOnTimestamp: clock.now() + ms,
    ...(refreshMs === undefined ? {} : { refreshAfterTimestamp: clock.now() + refreshMs }),
  };
}

async function warm(engine: TokenEngine, token: StoredToken): Promise<void> {
  const first = engine.getToken(SCOPE);
  await settle();
  source.requests.at(-1)?.succeed(token);
  await first;
}

describe('a cold engine', () => {
  it('fetches once for callers at the same time and gives all of them the token', async () => {
    const engine = engineWith();
    const calls = Array.from({ length: 50 }, () => engine.getToken(SCOPE));
    await settle();
    expect(source.requests).toHaveLength(1);
    source.requests[0]?.succeed(tokenFor(HOUR));
    const tokens = await Promise.all(calls);
    expect(new Set(tokens)).toHaveLength(1);
    expect(tokens[0]).toMatchObject({ token: 'token-1', tokenType: 'Bearer' });
  });

  it('treats one scope in a list and scopes in another order as the same token', async () => {
    const engine = engineWith();
    const calls = [engine.getToken(SCOPE), engine.getToken([SCOPE]), engine.getToken([SCOPE, SCOPE])];
    const two = [
      engine.getToken(['b/.default', 'a/.default']),
      engine.getToken(['a/.default', 'b/.default']),
    ];
    await settle();
    expect(source.requests.map(({ scopes }) => scopes)).toEqual([[SCOPE], ['a/.default', 'b/.default']]);
    for (const request of source.requests) request.succeed(tokenFor(HOUR));
    await Promise.all([...calls, ...two]);
  });

  it.each([
    ['scope', 'https://other.test/.default', {}],
    ['tenant', SCOPE, { tenantId: 'fabrikam' }],
    ['CAE', SCOPE, { enableCae: true }],
    ['claims', SCOPE, { claims: '{"access_token":{}}' }],
  ])('fetches anew for another %s', async (_what, scope, options) => {
    const engine = engineWith();
    await warm(engine, tokenFor(HOUR));
    const other = engine.getToken(scope, options);
    await settle();
    expect(source.requests).toHaveLength(2);
    source.requests[1]?.succeed(tokenFor(HOUR, 'token-2'));
    expect((await other).token).toBe('token-2');
  });

  it('fetches anew when the identity has changed', async () => {
    let identity = { authorityHost: 'https://login.test', tenantId: 't', clientId: 'c', fingerprint: 'f1' };
    const engine = engineWith({ identity: () => identity });
    await warm(engine, tokenFor(HOUR));
    identity = { ...identity, fingerprint: 'f2' };
    const next = engine.getToken(SCOPE);
    await settle();
    source.requests[1]?.succeed(tokenFor(HOUR, 'token-2'));
    expect((await next).token).toBe('token-2');
  });

  it.each([[''], [[]], ['two scopes'], ['https://x/.default\n'], [['ok/.default', '']], [undefined], [7]])(
    'rejects the scopes %j without asking anybody',
    async (scopes) => {
      const call = engineWith().getToken(scopes as string);
      await expect(call).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID', disposition: 'stop' });
      expect(source.requests).toHaveLength(0);
    },
  );
});

describe('a warm engine', () => {
  it('answers from memory until three quarters of the life are over', async () => {
    const engine = engineWith();
    await warm(engine, tokenFor(HOUR));
    clock.advance(0.75 * HOUR - 1);
    await engine.getToken(SCOPE);
    expect(source.requests).toHaveLength(1);
  });

  it('refreshes when the service says so, in the background, once', async () => {
    const engine = engineWith();
    await warm(engine, tokenFor(HOUR, 'token-1', HOUR / 4));
    clock.advance(HOUR / 4);
    const tokens = await Promise.all([engine.getToken(SCOPE), engine.getToken(SCOPE)]);
    expect(tokens.map(({ token }) => token)).toEqual(['token-1', 'token-1']);
    await settle();
    expect(source.requests.map(({ background }) => background)).toEqual([false, true]);
    source.requests[1]?.succeed(tokenFor(HOUR, 'token-2'));
    await settle();
    expect((await engine.getToken(SCOPE)).token).toBe('token-2');
  });

  it('serves the old token while it is valid although every refresh fails, at most one refresh in 10 s', async () => {
    const engine = engineWith();
    await warm(engine, tokenFor(HOUR));
    const outage = new AmlAuthError({ code: 'AML_NETWORK', message: 'down' });
    for (let minute = 0; minute < 59; minute += 1) {
      clock.advance(60_000);
      for (let call = 0; call < 10; call += 1) {
        expect((await engine.getToken(SCOPE)).token).toBe('token-1');
        await settle();
        for (const request of source.requests.slice(1)) request.fail(outage);
        await settle();
      }
    }
    expect(source.requests.length).toBeLessThanOrEqual(1 + 15);
    clock.advance(60_000);
    const late = engine.getToken(SCOPE);
    await settle();
    source.requests.at(-1)?.fail(outage);
    await expect(late).rejects.toBe(outage);
  });

  it('waits for the refresh in the last half minute, and serves the old token if it fails', async () => {
    const engine = engineWith();
    await warm(engine, tokenFor(HOUR));
    clock.advance(HOUR - 20_000);
    const call = engine.getToken(SCOPE);
    await settle();
    source.requests[1]?.fail(new AmlAuthError({ code: 'AML_TIMEOUT', message: 'slow' }));
    expect((await call).token).toBe('token-1');
  });

  it('sees that the machine slept: the wall clock ran on while the monotonic one stood still', async () => {
    const engine = engineWith();
    await warm(engine, tokenFor(HOUR));
    clock.setWallTime(clock.now() + 2 * HOUR);
    const call = engine.getToken(SCOPE);
    await settle();
    expect(source.requests).toHaveLength(2);
    source.requests[1]?.succeed(tokenFor(HOUR, 'token-2'));
    expect((await call).token).toBe('token-2');
    clock.advance(1000);
    await engine.getToken(SCOPE);
    expect(source.requests).toHaveLength(2);
  });

  it('does not stretch a token when the wall clock is set back', async () => {
    const engine = engineWith();
    await warm(engine, tokenFor(HOUR));
    clock.setWallTime(clock.now() - 24 * HOUR);
    clock.advance(HOUR);
    const call = engine.getToken(SCOPE);
    await settle();
    expect(source.requests).toHaveLength(2);
    source.requests[1]?.succeed(tokenFor(HOUR, 'token-2'));
    expect((await call).token).toBe('token-2');
  });

  it('does not spin on a token that is expired on arrival', async () => {
    const engine = engineWith();
    const call = engine.getToken(SCOPE);
    await settle();
    source.requests[0]?.succeed(tokenFor(-5));
    expect((await call).token).toBe('token-1');
    await settle();
    expect(source.requests).toHaveLength(1);
  });
});

describe('a refused credential', () => {
  it('is not tried again for ten seconds, so that the account is not locked', async () => {
    const engine = engineWith();
    const refusal = new AmlAuthError({ code: 'AML_CREDENTIAL_REJECTED', message: 'wrong secret' });
    const first = engine.getToken(SCOPE);
    await settle();
    source.requests[0]?.fail(refusal);
    await expect(first).rejects.toBe(refusal);
    await expect(engine.getToken(SCOPE)).rejects.toBe(refusal);
    expect(source.requests).toHaveLength(1);
    clock.advance(10_000);
    const again = engine.getToken(SCOPE);
    await settle();
    source.requests[1]?.succeed(tokenFor(HOUR));
    expect((await again).token).toBe('token-1');
  });

  it('does not hold back a call after an outage', async () => {
    const engine = engineWith();
    const first = engine.getToken(SCOPE);
    await settle();
    source.requests[0]?.fail(new AmlAuthError({ code: 'AML_NETWORK', message: 'down' }));
    await expect(first).rejects.toMatchObject({ code: 'AML_NETWORK' });
    const again = engine.getToken(SCOPE);
    await settle();
    source.requests[1]?.succeed(tokenFor(HOUR));
    expect((await again).token).toBe('token-1');
  });
});

describe('cancellation', () => {
  it('rejects at once for a signal that is already aborted', async () => {
    const call = engineWith().getToken(SCOPE, { abortSignal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ name: 'AbortError', code: 'AML_CANCELLED' });
    expect(source.requests).toHaveLength(0);
  });

  it('ends the call of one caller and not those of the others', async () => {
    const engine = engineWith();
    const leaver = new AbortController();
    const leaving = engine.getToken(SCOPE, { abortSignal: leaver.signal });
    const staying = engine.getToken(SCOPE);
    await settle();
    leaver.abort();
    await expect(leaving).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(source.requests[0]?.signal.aborted).toBe(false);
    source.requests[0]?.succeed(tokenFor(HOUR));
    expect((await staying).token).toBe('token-1');
  });

  it('stops the request when the last caller has left, and starts anew for the next', async () => {
    const engine = engineWith();
    const leaver = new AbortController();
    const leaving = engine.getToken(SCOPE, { abortSignal: leaver.signal });
    await settle();
    leaver.abort();
    await expect(leaving).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(source.requests[0]?.signal.aborted).toBe(true);
    const next = engine.getToken(SCOPE);
    await settle();
    expect(source.requests).toHaveLength(2);
    source.requests[1]?.succeed(tokenFor(HOUR));
    expect((await next).token).toBe('token-1');
  });

  it('does not stop a background refresh', async () => {
    const engine = engineWith();
    await warm(engine, tokenFor(HOUR));
    clock.advance(0.8 * HOUR);
    await engine.getToken(SCOPE);
    clock.advance(0.2 * HOUR - 10_000);
    const leaver = new AbortController();
    const leaving = engine.getToken(SCOPE, { abortSignal: leaver.signal });
    await settle();
    leaver.abort();
    await expect(leaving).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(source.requests).toHaveLength(2);
    expect(source.requests[1]?.signal.aborted).toBe(false);
  });
});

describe('a claims challenge', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1795385834"}}}';

  it('bypasses the cached token, and its answer replaces that token', async () => {
    const engine = engineWith();
    await warm(engine, tokenFor(HOUR));
    const calls = Array.from({ length: 20 }, () => engine.getToken(SCOPE, { claims }));
    await settle();
    expect(source.requests).toHaveLength(2);
    expect(source.requests[1]?.claims).toBe(claims);
    source.requests[1]?.succeed(tokenFor(HOUR, 'token-2'));
    expect((await Promise.all(calls)).every(({ token }) => token === 'token-2')).toBe(true);
    expect((await engine.getToken(SCOPE)).token).toBe('token-2');
  });

  it('is used up after ten seconds: the service has refused that answer too', async () => {
    const engine = engineWith();
    const first = engine.getToken(SCOPE, { claims });
    await settle();
    source.requests[0]?.succeed(tokenFor(HOUR));
    await first;
    clock.advance(10_000);
    const second = engine.getToken(SCOPE, { claims });
    await settle();
    expect(source.requests).toHaveLength(2);
    source.requests[1]?.succeed(tokenFor(HOUR, 'token-2'));
    expect((await second).token).toBe('token-2');
  });
});

it('reports what happened without the token', async () => {
  const engine = engineWith();
  await warm(engine, tokenFor(HOUR, 'very-secret-token'));
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'token.acquired', source: 'network', expiresInSec: 3600 }),
  );
  expect(JSON.stringify(events)).not.toContain('very-secret-token');
});
