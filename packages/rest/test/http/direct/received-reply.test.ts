import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decodeBody } from '../../../src/http/direct/decode-body.js';
import { dispatchRequest } from '../../../src/http/direct/dispatch-request.js';
import type { DispatchHandler, Dispatcher } from '../../../src/http/direct/platform-dispatcher.js';
import { ReceivedResponse, receivedResponse } from '../../../src/http/direct/received-response.js';

const REQUEST = { origin: 'https://h', path: '/', method: 'GET', headers: [], body: null };
const resume = () => undefined;

/** A dispatcher that does nothing by itself. */
function heldDispatcher(): { readonly dispatcher: Dispatcher; readonly handler: () => DispatchHandler } {
  let held: DispatchHandler | undefined;
  return {
    dispatcher: { dispatch: (_, handler) => (held = handler) },
    handler: () => held!,
  };
}

describe('dispatchRequest', () => {
  it('ends a request that waits for a connection at once, and the connection when it is there', async () => {
    const { dispatcher, handler } = heldDispatcher();
    const controller = new AbortController();
    const pending = dispatchRequest(dispatcher, REQUEST, 100, controller.signal);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    const abort = vi.fn();
    handler().onConnect(abort);
    expect(abort).toHaveBeenCalledWith(reason);
  });

  it('takes the second connection where the first went before anything was sent', async () => {
    const { dispatcher, handler } = heldDispatcher();
    const controller = new AbortController();
    const pending = dispatchRequest(dispatcher, REQUEST, 100, controller.signal);
    const [first, second] = [vi.fn(), vi.fn()];
    handler().onConnect(first);
    handler().onConnect(second);
    controller.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledOnce();
  });

  it('cuts a body off that is larger than it may be, and holds no more of it', async () => {
    const { dispatcher, handler } = heldDispatcher();
    const pending = dispatchRequest(dispatcher, REQUEST, 100, undefined);
    const abort = vi.fn();
    handler().onConnect(abort);
    handler().onHeaders(200, [], resume, 'OK');
    handler().onData(new Uint8Array(100));
    expect(abort).not.toHaveBeenCalled();
    handler().onData(new Uint8Array(1));
    await expect(pending).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
    expect(abort).toHaveBeenCalledOnce();
  });

  it('gives a body of just the size that it may have', async () => {
    const { dispatcher, handler } = heldDispatcher();
    const pending = dispatchRequest(dispatcher, REQUEST, 3, undefined);
    handler().onConnect(vi.fn());
    handler().onHeaders(102, ['a', '1'], resume, 'Processing');
    handler().onHeaders(200, [Buffer.from('X-B'), Uint8Array.of(0xf6)], resume, 'OK');
    handler().onData(Uint8Array.of(1, 2));
    handler().onData(Uint8Array.of(3));
    handler().onComplete();
    await expect(pending).resolves.toEqual({
      status: 200,
      statusText: 'OK',
      rawHeaders: ['X-B', 'ö'],
      bytes: Uint8Array.of(1, 2, 3),
    });
  });

  it('fails with what a dispatcher throws', async () => {
    const closed = new Error('it is closed');
    const dispatcher = {
      dispatch: () => {
        throw closed;
      },
    };
    await expect(dispatchRequest(dispatcher, REQUEST, 100, undefined)).rejects.toBe(closed);
  });
});

describe('decodeBody', () => {
  const ENCODE = {
    gzip: gzipSync,
    'X-GZIP': gzipSync,
    br: brotliCompressSync,
    deflate: deflateSync,
    zstd: zstdCompressSync,
  } as const;
  const codings = fc.constantFrom(...(Object.keys(ENCODE) as (keyof typeof ENCODE)[]));

  it('gives back what was encoded, whatever by and how often', async () => {
    const property = fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(codings, { minLength: 1, maxLength: 5 }),
      async (bytes, used) => {
        let body = Uint8Array.from(bytes);
        for (const coding of used) body = Uint8Array.from(ENCODE[coding](body));
        const decoded = await decodeBody(body, used.join(' ,'), 100_000);
        expect(Uint8Array.from(decoded)).toEqual(Uint8Array.from(bytes));
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('fails with an error, or gives bytes, for whatever says that it is encoded', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), codings, async (bytes, coding) => {
      const result = await decodeBody(Uint8Array.from(bytes), coding, 1_000).catch((error: unknown) => error);
      expect(result instanceof Uint8Array || result instanceof Error).toBe(true);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)('stops what expands without end: %s', async (coding, encode) => {
    const bomb = Uint8Array.from(encode(new Uint8Array(1_000_000)));
    await expect(decodeBody(bomb, coding, 999_999)).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
    await expect(decodeBody(bomb, coding, 1_000_000)).resolves.toHaveLength(1_000_000);
  });
});

describe('ReceivedResponse', () => {
  const bytes = Uint8Array.from(Buffer.from('{"a":"ö"}'));
  const head = { status: 202, headers: { 'content-type': 'application/json' } };
  const both = (body = bytes): readonly [Response, Response] => [
    receivedResponse(body, head),
    new Response(body, head),
  ];
  const readers: Readonly<Record<string, (response: Response) => Promise<unknown>>> = {
    text: (response) => response.text(),
    json: (response) => response.json(),
    arrayBuffer: (response) => response.arrayBuffer(),
    bytes: (response) => response.bytes(),
    blob: async (response) => (await response.blob()).text(),
    body: (response) => text(Readable.fromWeb(response.body as NodeStream<Uint8Array>)),
    clone: async (response) => [await response.clone().text(), await response.text()],
    'text of a clone': (response) => response.clone().text(),
  };

  it.each(Object.entries(readers))('is read as any Response: %s', async (_, read) => {
    const [ours, theirs] = both();
    expect(ours).toBeInstanceOf(Response);
    expect(ours).toBeInstanceOf(ReceivedResponse);
    const { status, ok, headers } = ours;
    expect([status, ok, [...headers]]).toEqual([202, true, [...theirs.headers]]);
    await expect(read(ours)).resolves.toEqual(await read(theirs));
    expect(ours.bodyUsed).toBe(theirs.bodyUsed);
  });

  it.each(Object.entries(readers))('is read once, as any Response: %s', async (name, read) => {
    for (const response of both()) {
      await response.text();
      if (name === 'body') expect(() => response.body?.getReader()).toThrow(TypeError);
      else await expect(Promise.resolve(response).then(read)).rejects.toThrow(TypeError);
    }
  });

  it('can be cancelled, and then not be read', async () => {
    for (const response of both()) {
      await response.body?.cancel();
      await expect(response.text()).rejects.toThrow(TypeError);
    }
  });

  it('reads a form', async () => {
    const body = Uint8Array.from(Buffer.from('a=1&b=2'));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- a Response has it
    const form = await receivedResponse(body, { headers }).formData();
    expect([...form]).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  it('has no body where nothing came', async () => {
    const empty = receivedResponse(new Uint8Array(), { status: 204 });
    expect(empty.body).toBeNull();
    await expect(empty.clone().text()).resolves.toBe('');
    await expect(empty.text()).resolves.toBe('');
    expect(empty.bodyUsed).toBe(false);
  });
});
