import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCallback, type CallbackRequest } from '../../src/browser/read-callback.js';

const state = 's'.repeat(43);
const expected = { host: 'localhost:5000', path: '/', state };
const good: CallbackRequest = {
  method: 'POST',
  url: '/',
  host: 'localhost:5000',
  contentType: 'application/x-www-form-urlencoded',
  body: `code=c&state=${state}`,
};
const read = (change: Partial<CallbackRequest>) => readCallback({ ...good, ...change }, expected);

describe('readCallback', () => {
  it('takes the form of the authority, with a code or an error', () => {
    expect(read({})).toMatchObject({ then: 'answer' });
    expect(read({ body: `error=access_denied&state=${state}` })).toMatchObject({ then: 'answer' });
    expect(read({ contentType: 'application/x-www-form-urlencoded; charset=utf-8' }).then).toBe('answer');
    expect(read({ host: 'LOCALHOST:5000' }).then).toBe('answer');
  });

  it('knows the answer in the address, which is not used', () => {
    expect(read({ method: 'GET', url: `/?code=c&state=${state}` })).toEqual({ then: 'inAddress' });
  });

  it.each([
    ['a wrong state', { body: 'code=c&state=x' }, 400],
    ['a missing state', { body: 'code=c' }, 400],
    ['a duplicate state', { body: `code=c&state=${state}&state=${state}` }, 400],
    ['two codes', { body: `code=c&code=d&state=${state}` }, 400],
    ['a code and an error', { body: `code=c&error=e&state=${state}` }, 400],
    ['neither code nor error', { body: `state=${state}` }, 400],
    ['a GET with a wrong state', { method: 'GET', url: '/?code=c&state=x' }, 400],
    ['a GET without a query', { method: 'GET', url: '/' }, 400],
    ['the icon that browsers ask for', { method: 'GET', url: '/favicon.ico' }, 404],
    ['another path', { url: '/x' }, 404],
    ['a path that only looks like it', { url: '//' }, 404],
    ['a preflight request', { method: 'OPTIONS' }, 405],
    ['JSON', { contentType: 'application/json' }, 415],
    ['no content type', { contentType: undefined }, 415],
    ['a name that was rebound', { host: 'evil.example:5000' }, 421],
    ['no host', { host: undefined }, 421],
    ['another port', { host: 'localhost:5001' }, 421],
    ['the address instead of the name', { host: '127.0.0.1:5000' }, 421],
  ])('refuses %s', (_what, change, status) => {
    expect(read(change)).toEqual({ then: 'refuse', status });
  });

  it('takes nothing without the state, whatever comes', () => {
    const field = fc.tuple(fc.oneof(fc.constantFrom('code', 'state', 'error'), fc.string()), fc.string());
    const fields = fc.array(field).map((pairs) => new URLSearchParams(pairs).toString());
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'PUT', 'HEAD'),
        fc.string(),
        fc.oneof(fc.string(), fields),
        (method, url, body) => {
          fc.pre(!`${url}${body}`.includes(state));
          return read({ method, url, body }).then === 'refuse';
        },
      ),
    );
  });
});
