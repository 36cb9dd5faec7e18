import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDENTITY_PROTOCOLS } from '../src/identity-style.js';
import { readTokenRequest, type Expected, type RawRequest } from '../src/read-token-request.js';

const HOST = '127.0.0.1:4711';
const SECRET = 'ab'.repeat(32);

const expected: Expected = {
  protocol: IDENTITY_PROTOCOLS.appService,
  host: HOST,
  secret: SECRET,
  clientId: undefined,
  allowedResources: ['https://ml.azure.com'],
};

const right: RawRequest = {
  method: 'GET',
  url: '/msi/token?api-version=2019-08-01&resource=https://ml.azure.com',
  headers: { host: HOST, 'x-identity-header': SECRET },
};

const anyRequest = fc.record({
  method: fc.option(fc.oneof(fc.constant('GET'), fc.string()), { nil: undefined }),
  url: fc.option(
    fc.oneof(
      fc.constant(right.url),
      fc.string(),
      fc.webQueryParameters().map((query) => `/msi/token?${query}`),
      fc.webUrl().map((resource) => `/msi/token?api-version=2019-08-01&resource=${resource}`),
    ),
    { nil: undefined },
  ),
  host: fc.oneof(fc.constant(HOST), fc.string()),
  secret: fc.oneof(fc.constant(SECRET), fc.string(), fc.array(fc.constant(SECRET))),
});

describe('readTokenRequest', () => {
  it('takes the right request', () => {
    expect(readTokenRequest(right, expected)).toEqual({ resource: 'https://ml.azure.com' });
  });

  it('lets nobody through with anything else, and tells strangers nothing', () => {
    fc.assert(
      fc.property(anyRequest, ({ method, url, host, secret }) => {
        const headers = { host, 'x-identity-header': secret as string };
        const decision = readTokenRequest({ method, url, headers }, expected);
        if (host !== HOST || secret !== SECRET) {
          expect(decision).toEqual({ status: 403, message: 'Forbidden.' });
        } else if ('resource' in decision) {
          expect(method).toBe('GET');
          expect(decision.resource.toLowerCase().replace(/\/+$/, '')).toBe('https://ml.azure.com');
        } else {
          expect(decision.status).toBeGreaterThanOrEqual(400);
          expect(decision.message).not.toContain(SECRET);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
