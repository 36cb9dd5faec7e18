import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { createArmClient } from '@aml-auth/rest';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { directFetch } from '../../../src/http/direct/direct-fetch.js';
import type { Dispatcher, DispatchOptions } from '../../../src/http/direct/platform-dispatcher.js';
import { ReceivedResponse } from '../../../src/http/direct/received-response.js';
import { countingCredential } from '../../loopback-arm.js';
import { startRawServer, type RawAnswer, type RawServer } from './raw-server.js';

const TEXT = JSON.stringify({ name: 'Größe', items: Array.from({ length: 50 }, (_, n) => n) });
const BYTES = Buffer.from(TEXT);

/** A reply with a body of known length. */
function reply(status: string, headers: readonly string[], body: Uint8Array | string = ''): RawAnswer {
  const bytes = Buffer.from(body);
  const lines = [`HTTP/1.1 ${status}`, ...headers, `content-length: ${bytes.byteLength}`, '', ''];
  return { send: [Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), bytes])] };
}

const encoded = (coding: string, body: Uint8Array): RawAnswer =>
  reply('200 OK', [`content-encoding: ${coding}`], body);

const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

const REPLIES: Readonly<Record<string, RawAnswer>> = {
  ok: reply('200 OK', ['content-type: application/json'], BYTES),
  'other-reason': reply('202 Taken In', [], '{}'),
  'no-reason': reply('201 ', [], '{}'),
  empty: reply('200 OK', []),
  'byte-order-mark': reply('200 OK', [], `\ufeff${TEXT}`),
  'not-utf8': reply('200 OK', [], Uint8Array.of(0x61, 0xff, 0xfe, 0x62)),
  'no-content': { send: ['HTTP/1.1 204 No Content\r\nx-ms-request-id: 1\r\n\r\n'] },
  'reset-content': reply('205 Reset Content', []),
  'not-modified': { send: ['HTTP/1.1 304 Not Modified\r\netag: "1"\r\n\r\n'] },
  redirect: reply('307 Temporary Redirect', ['location: https://evil.example/'], 'moved'),
  refused: reply('401 Unauthorized', [
    'www-authenticate: Bearer realm="", error="insufficient_claims", claims="e30="',
    'www-authenticate: PoP nonce="1"',
  ]),
  failed: reply('503 Service Unavailable', ['retry-after: 1'], TEXT),
  cookies: reply('200 OK', ['set-cookie: a=1; path=/', 'Set-Cookie: b=2', 'x-many: 1', 'X-Many: 2']),
  'latin1-header': reply('200 OK', ['x-name: Gr\u00f6\u00dfe', 'x-blank:', 'x-spaces:   a  b']),
  hints: {
    send: [
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n',
      'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
    ],
  },
  pieces: {
    send: [CHUNKED, '3\r\nGr\u00c3', '\r\n', Buffer.from('1\r\n\xb6\r\n0\r\n\r\n', 'latin1')],
  },
  'until-the-end': { send: ['HTTP/1.0 200 OK\r\n\r\n', TEXT], then: 'end' },
  gzip: encoded('gzip', gzipSync(BYTES)),
  'gzip-old-name': encoded('X-GZip', gzipSync(BYTES)),
  deflate: encoded('deflate', deflateSync(BYTES)),
  'deflate-raw': encoded('deflate', deflateRawSync(BYTES)),
  brotli: encoded('br', brotliCompressSync(BYTES)),
  zstd: encoded('zstd', zstdCompressSync(BYTES)),
  'gzip-in-brotli': encoded('gzip, br', brotliCompressSync(gzipSync(BYTES))),
  'unknown-coding': encoded('rot13', BYTES),
  'gzip-of-nothing': encoded('gzip', Uint8Array.of()),
  'gzip-not-modified': { send: ['HTTP/1.1 304 Not Modified\r\ncontent-encoding: gzip\r\n\r\n'] },
  'gzip-cut': encoded('gzip', gzipSync(BYTES).subarray(0, 60)),
  'not-gzip': encoded('gzip', BYTES),
  'not-brotli': encoded('br', BYTES),
  'many-codings': encoded('gzip, gzip, gzip, gzip, gzip, gzip', gzipSync(BYTES)),
  'reset-at-once': { send: [], then: 'reset' },
  'end-at-once': { send: [], then: 'end' },
  'end-in-head': { send: ['HTTP/1.1 200 OK\r\nx-a: 1\r\n'], then: 'end' },
  'end-in-body': { send: ['HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', '12345'], then: 'end' },
  'reset-in-body': { send: ['HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', '12345'], then: 'reset' },
  'end-in-chunk': { send: [CHUNKED, '5\r\n123'], then: 'end' },
  'no-http': { send: ['SSH-2.0-OpenSSH_9.9\r\n'], then: 'end' },
  'bad-chunk': { send: [CHUNKED, 'zz\r\n'], then: 'end' },
  'two-lengths': {
    send: ['HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n12'],
    then: 'end',
  },
};

let server: RawServer;
let emulator: Emulator;

beforeAll(async () => {
  server = await startRawServer({
    ...REPLIES,
    silent: { send: [] },
    stuck: { send: ['HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', '12345'] },
  });
  emulator = await startEmulator();
});

afterAll(async () => {
  await server.close();
  await emulator.close();
});

/** The first code in a chain of causes, as the texts of errors are found by. */
function codeOf(error: unknown): unknown {
  for (let at = error as { code?: unknown; cause?: unknown } | undefined; at !== undefined;) {
    if (typeof at.code === 'string') return at.code;
    at = at.cause as typeof at;
  }
  return 'none';
}

async function outcome(send: typeof fetch, url: string, init: RequestInit = {}): Promise<unknown> {
  try {
    const response = await send(url, { redirect: 'manual', ...init });
    const { status, statusText, ok, headers } = response;
    return { status, statusText, ok, headers: [...headers], text: await response.text() };
  } catch (error) {
    return { failed: codeOf(error) };
  }
}

describe('a reply by directFetch', () => {
  it.each(Object.keys(REPLIES))('is that of fetch: %s', async (name) => {
    const url = `${server.origin}/${name}?api-version=2026-09-01`;
    const theirs = await outcome(fetch, url);
    const before = server.requests.length;
    await expect(outcome(directFetch, url)).resolves.toEqual(theirs);
    expect(server.requests.length).toBeGreaterThan(before);
  });

  it.each(['ok', 'no-content', 'gzip'])('is that of fetch for HEAD: %s', async (name) => {
    const [head = ''] = String(REPLIES[name]?.send[0]).split('\r\n\r\n');
    const { origin, close } = await startRawServer({ [name]: { send: [`${head}\r\n\r\n`] } });
    onTestFinished(close);
    const theirs = await outcome(fetch, `${origin}/${name}`, { method: 'HEAD' });
    expect(theirs).toMatchObject({ ok: true, text: '' });
    await expect(outcome(directFetch, `${origin}/${name}`, { method: 'HEAD' })).resolves.toEqual(theirs);
  });

  it('is not read by the slow way, which would show nothing', async () => {
    const response = await directFetch(`${server.origin}/ok`, { redirect: 'manual' });
    expect(response).toBeInstanceOf(ReceivedResponse);
  });
});

describe('a server that directFetch cannot reach', () => {
  it('is the error of fetch where nothing listens', async () => {
    const { origin, close } = await startRawServer({});
    await close();
    const theirs = await outcome(fetch, origin);
    expect(theirs).toEqual({ failed: 'ECONNREFUSED' });
    await expect(outcome(directFetch, origin)).resolves.toEqual(theirs);
  });

  it('is the error of fetch where its certificate is not trusted', async () => {
    const url = emulator.cloud.resourceManager.endpoint;
    const theirs = await outcome(fetch, url);
    expect(theirs).toEqual({ failed: expect.stringMatching(/CERT/) as string });
    await expect(outcome(directFetch, url)).resolves.toEqual(theirs);
  });

  it.each(['http://127.0.0.1:0/', 'ftp://127.0.0.1/', 'https://'])('fails as fetch does: %s', async (url) => {
    await expect(outcome(fetch, url)).resolves.toHaveProperty('failed');
    await expect(outcome(directFetch, url)).resolves.toHaveProperty('failed');
  });
});

describe('a request by directFetch', () => {
  /** Of a browser and its cache, or decided by the connection. */
  const UNLIKE = /^(?:accept-language|sec-fetch-mode|accept-encoding|cache-control|pragma|connection): /;

  async function sent(send: typeof fetch, init: RequestInit): Promise<readonly string[]> {
    await (await send(`${server.origin}/ok?a=%20b&c=d%2Fe#f`, { redirect: 'manual', ...init })).text();
    const [head = '', body = ''] = (server.requests.at(-1)?.text ?? '').split('\r\n\r\n');
    const [line = '', ...headers] = head.split('\r\n');
    const plain = headers.map((header) => header.replace(/^[^:]+/, (name) => name.toLowerCase()));
    return [line, ...plain.filter((header) => !UNLIKE.test(header)).sort(), body];
  }

  const authorization = 'Bearer the-token';
  it.each<[string, RequestInit]>([
    ['GET', { headers: { authorization } }],
    ['DELETE', { method: 'DELETE', headers: { authorization, 'if-match': '*' } }],
    ['PUT of text', { method: 'PUT', body: '{"a":"ü"}', headers: { 'content-type': 'application/json' } }],
    ['PUT of text without a type', { method: 'PUT', body: 'ü' }],
    ['PATCH of bytes', { method: 'PATCH', body: Uint8Array.of(1, 2, 255).buffer }],
    ['POST of nothing', { method: 'POST' }],
    ['POST of an empty text', { method: 'POST', body: '' }],
    ['what it accepts', { headers: { accept: 'application/json', 'user-agent': 'me' } }],
    [
      'a header of two values',
      {
        headers: [
          ['x-a', '1'],
          ['x-a', '2'],
        ],
      },
    ],
  ])('is that of fetch: %s', async (_, init) => {
    await expect(sent(directFetch, init)).resolves.toEqual(await sent(fetch, init));
  });

  it('goes by the connections that fetch has left open, and the other way round', async () => {
    const own = await startRawServer(REPLIES);
    onTestFinished(own.close);
    const sent = (send: typeof fetch): Promise<unknown> => outcome(send, `${own.origin}/ok`);
    for (let round = 0; round < 5; round += 1) {
      await sent(fetch);
      await sent(directFetch);
    }
    // A connection may not be free yet in the turn in which its reply was read.
    expect(own.requests).toHaveLength(10);
    expect(new Set(own.requests.map(({ connection }) => connection)).size).toBeLessThanOrEqual(2);
  });

  it.each<[string, Record<string, string>]>([
    ['a line break', { authorization: 'Bearer a\r\nx-evil: 1' }],
    ['another character', { authorization: 'Bearer \u0142' }],
    ['a name that is none', { 'x y': '1' }],
  ])('is refused with %s in a header, as by fetch', async (_, headers) => {
    const before = server.requests.length;
    await expect(directFetch(`${server.origin}/ok`, { redirect: 'manual', headers })).rejects.toThrow(
      TypeError,
    );
    expect(server.requests).toHaveLength(before);
  });
});

describe('an abort of directFetch', () => {
  const reason = new Error('enough');

  it('before anything is sent sends nothing', async () => {
    const before = server.requests.length;
    const signal = AbortSignal.abort(reason);
    await expect(directFetch(`${server.origin}/ok`, { redirect: 'manual', signal })).rejects.toBe(reason);
    expect(server.requests).toHaveLength(before);
  });

  it.each(['silent', 'stuck'])('closes the connection: %s', async (name) => {
    const own = await startRawServer({
      silent: { send: [] },
      stuck: { send: ['HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', '12345'] },
    });
    onTestFinished(own.close);
    const controller = new AbortController();
    const pending = directFetch(`${own.origin}/${name}`, { redirect: 'manual', signal: controller.signal });
    const failed = expect(pending).rejects.toBe(reason);
    await vi.waitFor(() => expect(own.requests).toHaveLength(1));
    controller.abort(reason);
    await failed;
    await own.closed(1);
  });

  it('leaves no listener on a signal that many requests have in common', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    for (const name of ['ok', 'end-in-body'])
      await outcome(directFetch, `${server.origin}/${name}`, { signal });
    expect(added).toHaveBeenCalledTimes(2);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      expect.arrayContaining(added.mock.calls.map(([, listener]) => listener)),
    );
  });
});

describe('directFetch goes to the global fetch', () => {
  it.each<[string, string, RequestInit]>([
    ['a redirect to be followed', 'redirect', { redirect: 'error' }],
    ['a form', 'ok', { method: 'POST', body: new FormData(), redirect: 'manual' }],
    ['a blob', 'ok', { method: 'POST', body: new Blob(['a']), redirect: 'manual' }],
  ])('with %s', async (_, name, init) => {
    const url = `${server.origin}/${name}`;
    const response = await directFetch(url, init).catch(() => undefined);
    expect(response).not.toBeInstanceOf(ReceivedResponse);
    await response?.text();
  });

  it('with a Request', async () => {
    const response = await directFetch(new Request(`${server.origin}/ok`), { redirect: 'manual' });
    expect(response).not.toBeInstanceOf(ReceivedResponse);
    await expect(response.text()).resolves.toBe(TEXT);
  });

  it('where the program has put another in its place', async () => {
    const other = vi.fn(() => Promise.resolve(new Response('from another')));
    vi.stubGlobal('fetch', other);
    onTestFinished(() => void vi.unstubAllGlobals());
    const response = await directFetch('https://management.azure.com/', { redirect: 'manual' });
    await expect(response.text()).resolves.toBe('from another');
  });

  it('where there is no dispatcher', async () => {
    const slot = Symbol.for('undici.globalDispatcher.1');
    const slots = globalThis as { [slot]?: unknown };
    const usual = slots[slot];
    onTestFinished(() => void (slots[slot] = usual));
    slots[slot] = { dispatch: 'no function' };
    const url = `${server.origin}/ok`;
    // Node.js 24 takes its own from there, too; 26 does not.
    const theirs = await outcome(fetch, url);
    const response = await directFetch(url, { redirect: 'manual' }).catch(() => undefined);
    expect(response).not.toBeInstanceOf(ReceivedResponse);
    await expect(outcome(directFetch, url)).resolves.toEqual(theirs);
  });
});

describe('a client without a fetch of its own', () => {
  const slot = Symbol.for('undici.globalDispatcher.1');
  const slots = globalThis as { [slot]?: Dispatcher | undefined };
  const client = () => createArmClient({ credential: countingCredential() });
  const subscription = { method: 'GET', path: '/subscriptions/1', apiVersion: '2022-12-01' } as const;

  it('sends by the dispatcher that the program has set for fetch, such as a proxy', async () => {
    const usual = slots[slot];
    onTestFinished(() => void (slots[slot] = usual));
    const asked: DispatchOptions[] = [];
    slots[slot] = {
      dispatch: (options, handler) => {
        asked.push(options);
        handler.onConnect(() => undefined);
        handler.onHeaders(200, ['x-ms-request-id', 'r1'], () => undefined, 'OK');
        handler.onData(Buffer.from('{"id":1}'));
        handler.onComplete();
      },
    };
    const { body, correlation } = await client().request(subscription);
    expect({ body, requestId: correlation.requestId }).toEqual({ body: { id: 1 }, requestId: 'r1' });
    expect(asked).toMatchObject([
      {
        origin: 'https://management.azure.com',
        path: '/subscriptions/1?api-version=2022-12-01',
        method: 'GET',
      },
    ]);
    const { headers = [] } = asked[0] ?? {};
    expect(headers[headers.indexOf('authorization') + 1]).toBe('Bearer the-secret-token');
  });

  it('sends by a function that the program has put in the place of fetch, also later', async () => {
    const arm = client();
    const other = vi.fn(() => Promise.resolve(Response.json({ id: 2 })));
    vi.stubGlobal('fetch', other);
    onTestFinished(() => void vi.unstubAllGlobals());
    await expect(arm.request(subscription)).resolves.toMatchObject({ body: { id: 2 } });
    expect(other).toHaveBeenCalledOnce();
  });
});
