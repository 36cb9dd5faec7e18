import { timingSafeEqual } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDENTITY_PROTOCOLS } from '../src/identity-style.js';
import { readTokenRequest, type Expected, type RawRequest } from '../src/read-token-request.js';
import { sameSecret } from '../src/same-secret.js';

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

/** Texts that begin like the secret, end like it, are longer, shorter, or have nothing to do with it. */
const anySecret = fc.oneof(
  fc.nat(SECRET.length).map((length) => SECRET.slice(0, length)),
  fc.nat(SECRET.length).map((start) => SECRET.slice(start)),
  fc.string().map((more) => SECRET + more),
  fc.tuple(fc.nat(SECRET.length - 1), fc.constantFrom('0', 'é', '')).map(([at, other]) => {
    return SECRET.slice(0, at) + other + SECRET.slice(at + 1);
  }),
  fc.string({ maxLength: 2_000 }),
  fc.constant(undefined),
  fc.array(fc.constant(SECRET)),
);

/** Compares as the program does and notes the lengths. */
function watchedCompare() {
  const lengths: (readonly [number, number])[] = [];
  const compare = (given: Uint8Array, expected: Uint8Array): boolean => {
    lengths.push([given.length, expected.length]);
    return timingSafeEqual(given, expected);
  };
  return { lengths, compare };
}

describe('the comparison of secrets', () => {
  it('goes one way for every length and every common beginning: one comparison of two digests', () => {
    fc.assert(
      fc.property(anySecret, (given) => {
        const { lengths, compare } = watchedCompare();
        expect(sameSecret(given, SECRET, compare)).toBe(given === SECRET);
        expect(lengths).toEqual([[32, 32]]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['appService', 'azureML', 'imds'] as const)(
    'is made in every request, whatever else is wrong with it, style %s',
    (style) => {
      const protocol = IDENTITY_PROTOCOLS[style];
      fc.assert(
        fc.property(anyRequest, anySecret, ({ method, url, host }, given) => {
          const { lengths, compare } = watchedCompare();
          const headers = {
            host,
            ...(protocol.secretHeader === undefined ? {} : { [protocol.secretHeader]: given }),
          };
          readTokenRequest({ method, url, headers }, { ...expected, protocol }, compare);
          expect(lengths).toEqual([[32, 32]]);
        }),
      );
    },
  );
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
