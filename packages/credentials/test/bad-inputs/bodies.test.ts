import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { systemClock, type AccessToken, type AmlAuthError, type Credential } from '@aml-auth/core';
import { fromClientSecret, fromDeviceCode, fromManagedIdentity } from '@aml-auth/credentials';
import { UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hurriedClock } from '../support/hurried-clock.js';
import { expectPrintable, failureOf } from '../support/outcome.js';

const ID = '11111111-1111-4111-8111-111111111111';
const ARM = 'https://management.azure.com/.default';
const SECRET = 'S3cret-of-the-application';
const JWT = new UnsecuredJWT({ appid: ID }).encode();
const INFO = Buffer.from(JSON.stringify({ uid: ID, utid: ID })).toString('base64url');
const GOOD = { access_token: JWT, token_type: 'Bearer', expires_in: 3600, client_info: INFO };

type Answer = () => Response;
const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

/** Those who read a body: an application by msal-node, a person by our own requests, and a machine. */
const RECEIVERS: Readonly<Record<string, (answer: Answer, waits: number[]) => Credential>> = {
  application: (answer, waits) =>
    fromClientSecret({
      tenantId: ID,
      clientId: ID,
      clientSecret: SECRET,
      clock: hurriedClock(waits),
      fetch: () => Promise.resolve(answer()),
    }),
  person: (answer, waits) =>
    fromDeviceCode({
      onPrompt: () => undefined,
      clock: hurriedClock(waits),
      fetch: (input) => {
        const url = input instanceof Request ? input.url : input.toString();
        const isStart = url.endsWith('/devicecode');
        const start = {
          user_code: 'ABCD-EFGH',
          device_code: SECRET,
          verification_uri: 'https://login.example/device',
          expires_in: 900,
        };
        return Promise.resolve(isStart ? Response.json(start) : answer());
      },
    }),
  machine: (answer, waits) =>
    fromManagedIdentity({
      env: { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/token', IDENTITY_HEADER: SECRET },
      clock: hurriedClock(waits),
      fetch: () => Promise.resolve(answer()),
    }),
};

/** How each receiver ends with that answer. */
async function failures(answer: Answer, receivers = Object.keys(RECEIVERS)): Promise<AmlAuthError[]> {
  return Promise.all(
    receivers.map(async (name) => {
      const error = await failureOf(() => RECEIVERS[name]?.(answer, []).getToken(ARM));
      expectPrintable(error, [SECRET, JWT]);
      return error;
    }),
  );
}

const codes = (errors: readonly AmlAuthError[]): string[] => errors.map(({ code }) => code);
const INVALID = 'AML_RESPONSE_INVALID';

describe('a body of a token endpoint', () => {
  it.each([
    ['that is a page', json('<!doctype html><html><body>Please sign in</body></html>')],
    ['that is empty', json('')],
    ['that is cut off', json('{"access_token":"abc","token_ty')],
    ['that is a list', json([GOOD])],
    ['that is a text', json('"token"')],
    ['that is null', json('null')],
    ['without a token', json({ ...GOOD, access_token: undefined })],
    ['with null for a token', json({ ...GOOD, access_token: null })],
    ['with a number for a token', json({ ...GOOD, access_token: 7 })],
    ['with an object for a token', json({ ...GOOD, access_token: { a: 1 } })],
    ['with a token of two megabytes', json({ ...GOOD, access_token: 'a'.repeat(2_000_000) })],
    ['with a header in the token', json({ ...GOOD, access_token: 'abc\r\nX-Evil: 1' })],
    ['with letters outside ASCII in the token', json({ ...GOOD, access_token: 'töken' })],
    ['that is nested a hundred thousand levels deep', json(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['that is in UTF-16', () => new Response(Buffer.from(JSON.stringify(GOOD), 'utf16le'))],
  ] as const)('%s is refused', async (_what, answer) => {
    expect(codes(await failures(answer))).toEqual([INVALID, INVALID, INVALID]);
  });

  it.each(['0', -1, '1e309', 'NaN', undefined, '3600abc', null, {}, [], true, Number.MAX_SAFE_INTEGER])(
    'with the lifetime %j gives no token',
    async (expires_in) => {
      const body = { ...GOOD, expires_in, expires_on: undefined };
      expect(codes(await failures(json(body)))).toEqual([INVALID, INVALID, INVALID]);
    },
  );

  it.each(['pop', 'MAC', '', 7, null])('with the token type %j gives no token', async (token_type) => {
    expect(codes(await failures(json({ ...GOOD, token_type }), ['application', 'person']))).toEqual([
      INVALID,
      INVALID,
    ]);
  });

  it.each([
    ['seconds', (at: number) => Math.floor(at / 1000)],
    ['seconds as text', (at: number) => String(Math.floor(at / 1000))],
    ['RFC 3339', (at: number) => new Date(at).toISOString()],
  ])('of a machine may tell its end in %s', async (_what, expires) => {
    const at = Date.now() + 3_600_000;
    const body = { access_token: JWT, expires_on: expires(at) };
    const token = await RECEIVERS['machine']?.(json(body), []).getToken(ARM);
    expect(Math.abs((token?.expiresOnTimestamp ?? 0) - at)).toBeLessThan(2_000);
  });

  it.each(['yesterday', '', {}, true, '-1', Date.now() * 1000])(
    'of a machine that ends at %j is refused',
    async (expires_on) => {
      expect(codes(await failures(json({ access_token: JWT, expires_on }), ['machine']))).toEqual([INVALID]);
    },
  );

  it('with a byte-order mark is read, and so is one that names another encoding', async () => {
    for (const answer of [
      json(`\ufeff${JSON.stringify(GOOD)}`),
      json(GOOD, 200, { 'content-type': 'application/json; charset=iso-8859-1' }),
    ]) {
      const token = await RECEIVERS['application']?.(answer, []).getToken(ARM);
      expect(token?.tokenType).toBe('Bearer');
    }
  });

  it('with the same key twice, or keys of the language, changes nothing but itself', async () => {
    const text = `{"access_token":"first","access_token":${JSON.stringify(JWT)},"__proto__":{"polluted":1},
      "constructor":{"prototype":{"polluted":1}},"token_type":"Bearer","expires_in":3600,"client_info":"${INFO}"}`;
    for (const make of Object.values(RECEIVERS)) {
      const token: AccessToken = await make(json(text), []).getToken(ARM);
      expect(token.token).toBe(JWT);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('with a description of a megabyte and commands to the terminal is shown in bearable form', async () => {
    const evil = '\u001b[2J\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007\u001b]52;c;QUJD\u0007';
    const body = { error: 'invalid_client', error_description: `${evil}${'x'.repeat(1_000_000)}${SECRET}` };
    for (const error of await failures(json(body, 400))) expect(error.message.length).toBeLessThan(1_200);
  });

  it('with status 200 and an error is a refusal', async () => {
    const body = { error: 'invalid_grant', error_description: 'AADSTS50057: The account is disabled.' };
    const errors = await failures(json({ ...GOOD, ...body, error_codes: [50057] }), [
      'application',
      'person',
    ]);
    expect(errors.map(({ aadsts }) => aadsts)).toEqual([50057, 50057]);
  });

  it.each([
    ['-5', []],
    ['99999999', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', []],
    ['soon', []],
  ])('with status 429 and Retry-After %j is repeated a few times, or not at all', async (value, patience) => {
    const waits: number[] = [];
    const answer = json({ error: 'slow' }, 429, { 'retry-after': value });
    const error = await failureOf(() => RECEIVERS['application']?.(answer, waits).getToken(ARM));
    expect(error.code).toBe('AML_THROTTLED');
    if (patience === undefined) expect(waits).toEqual([]);
    else expect(waits).toHaveLength(3);
    for (const wait of waits) expect(wait).toBeGreaterThan(0);
  });

  it('with the token of another identity is not released to a machine', async () => {
    const body = {
      access_token: new UnsecuredJWT({ appid: '22222222-2222-4222-8222-222222222222' }).encode(),
      expires_in: 3600,
    };
    const credential = fromManagedIdentity({
      env: { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/token', IDENTITY_HEADER: SECRET },
      clientId: ID,
      fetch: () => Promise.resolve(Response.json(body)),
    });
    expect((await failureOf(() => credential.getToken(ARM))).code).toBe('AML_IDENTITY_MISMATCH');
  });
});

describe('a reply on the wire', () => {
  let answer: (response: ServerResponse) => void;
  let closed: Promise<void>;
  let origin: string;
  let stop: () => void;
  beforeEach(async () => {
    let whenClosed: () => void = () => undefined;
    closed = new Promise((resolve) => (whenClosed = resolve));
    const server = createServer((_request, response) => {
      response.on('close', whenClosed);
      answer(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stop = () => {
      server.closeAllConnections();
      server.close();
    };
  });
  afterEach(() => stop());

  /** Limits pass once the server has begun to answer. */
  function impatient(): { credential: Credential; giveUp: () => void } {
    const limits: (() => void)[] = [];
    const clock = {
      ...systemClock,
      schedule: (_ms: number, run: () => void) => {
        limits.push(run);
        return () => undefined;
      },
    };
    const env = { IDENTITY_ENDPOINT: `${origin}/token`, IDENTITY_HEADER: SECRET };
    return {
      credential: fromManagedIdentity({ env, clock }),
      giveUp: () => {
        for (const limit of limits) limit();
      },
    };
  }

  it('that unpacks to more than a token is ended', async () => {
    answer = (response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)));
    const error = await failureOf(() => impatient().credential.getToken(ARM));
    expect(error.code).toBe(INVALID);
    await closed;
  });

  it.each([
    ['drips', (response: ServerResponse) => void response.writeHead(200).write('{"acc')],
    [
      'has no end of its head',
      (response: ServerResponse) => void response.socket?.write('HTTP/1.1 200 OK\r\nX: '),
    ],
    ['does not come', () => undefined],
  ])('that %s is ended at the time limit, with its connection', async (_what, begin) => {
    const { credential, giveUp } = impatient();
    answer = (response) => {
      begin(response);
      // After what was written has gone out.
      setImmediate(giveUp);
    };
    const error = await failureOf(() => credential.getToken(ARM));
    expect(error.code).toBe('AML_TIMEOUT');
    await closed;
  });

  it('that breaks off in its middle is asked for again', async () => {
    let count = 0;
    answer = (response) => {
      count += 1;
      if (count === 1) {
        response.writeHead(200, { 'content-length': '100' }).write('{"access');
        setImmediate(() => response.destroy());
        return;
      }
      response.writeHead(200).end(JSON.stringify({ access_token: JWT, expires_in: '3600' }));
    };
    const env = { IDENTITY_ENDPOINT: `${origin}/token`, IDENTITY_HEADER: SECRET };
    const credential = fromManagedIdentity({ env, clock: hurriedClock([]) });
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
    expect(count).toBe(2);
  });
});
