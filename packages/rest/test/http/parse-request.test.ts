import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../src/http/parse-request.js';

const URL_OF = 'https://management.azure.com/subscriptions';

async function read(input: string | Request, init?: RequestInit) {
  const { method, headers, readBody } = parseRequest(input, init);
  const body = await readBody();
  return {
    method,
    headers: Object.fromEntries(headers),
    text: body === null ? null : await new Response(body).text(),
  };
}

describe('the arguments of a fetch', () => {
  it.each([
    ['nothing more', undefined],
    ['headers', { headers: { 'X-A': 'b' } }],
    ['a method and a text', { method: 'PUT', body: '{}', headers: [['content-type', 'application/json']] }],
    ['a method in small letters', { method: 'post', body: 'é' }],
    ['bytes', { method: 'PATCH', body: new TextEncoder().encode('é'), headers: { a: 'b' } }],
    ['a method of its own', { method: 'PURGE' }],
  ] satisfies [string, RequestInit | undefined][])('are read as Request reads them: %s', async (_, init) => {
    const request = new Request(URL_OF, init);
    // A text names its type by itself, which a caller of JSON never wants: only what was asked for is compared.
    const { 'content-type': type, ...headers } = Object.fromEntries(request.headers);
    const told = await read(URL_OF, init);
    expect(told).toEqual({
      method: request.method,
      headers:
        type === undefined
          ? headers
          : { ...headers, ...(told.headers['content-type'] === undefined ? {} : { 'content-type': type }) },
      text: request.body === null ? null : await request.text(),
    });
  });

  it('of a Request with a signal beside it: the signal counts, the rest is the Request', async () => {
    const { signal } = new AbortController();
    const request = new Request(URL_OF, { method: 'POST', body: 'x', headers: { a: 'b' } });
    expect(parseRequest(request, { signal }).signal).toBe(signal);
    expect(await read(request, { signal })).toMatchObject({ method: 'POST', text: 'x', headers: { a: 'b' } });
  });

  it.each([
    ['a GET with a body', { method: 'GET', body: 'x' }],
    ['a method that is no token', { method: 'A B' }],
    ['a header that is none', { headers: { 'a b': 'c' } }],
  ])('are refused like a Request: %s', (_, init) => {
    expect(() => parseRequest(URL_OF, init)).toThrow(TypeError);
  });

  it('leave the headers of the caller alone', () => {
    const headers = new Headers({ a: 'b' });
    parseRequest(URL_OF, { headers }).headers.set('authorization', 'x');
    expect([...headers]).toEqual([['a', 'b']]);
  });
});
