import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdentityReply } from '../../src/managed-identity/parse-identity-reply.js';

const NOW = Date.UTC(2026, 10, 22, 12);
const at = (seconds: number) => NOW / 1000 + seconds;

function parse(body: unknown, status = 200, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return parseIdentityReply({ status, headers: new Headers(headers), text }, 'The source', NOW);
}

describe('parseIdentityReply', () => {
  it.each([
    ['a string of seconds', { expires_on: String(at(3600)) }],
    ['a number of seconds', { expires_on: at(3600) }],
    ['a number of milliseconds', { expires_on: NOW + 3_600_000 }],
    ['an ISO time', { expires_on: '2026-11-22T13:00:00Z' }],
    ['an American date', { expires_on: '11/22/2026 13:00:00 +00:00' }],
    ['expiresOn', { expiresOn: '2026-11-22T13:00:00+00:00' }],
    ['expires_in', { expires_in: '3600' }],
  ])('reads the expiry as %s', (_what, expiry) => {
    expect(parse({ access_token: 'a.b.c', token_type: 'Bearer', ...expiry })).toEqual({
      token: 'a.b.c',
      expiresOnTimestamp: NOW + 3_600_000,
    });
  });

  it('refreshes a token of a day at half of its life', () => {
    expect(parse({ access_token: 'a', expires_on: at(86_400) })).toMatchObject({
      refreshAfterTimestamp: NOW + 43_200_000,
    });
  });

  it('takes the token of an on-behalf-of reply', () => {
    expect(parse({ token: 'a', expires_in: 60 }).token).toBe('a');
  });

  it.each([
    ['App Service', { statusCode: 400, message: 'No identity', correlationId: 'c1' }, 'No identity'],
    ['IMDS', { error: 'invalid_request', error_description: 'Identity not found' }, 'Identity not found'],
    ['nested', { error: { code: 'x', message: 'Not here' } }, 'Not here'],
    ['text', 'InternalError - :{ Info: 404 }', 'InternalError - :{ Info: 404 }'],
    ['nothing', '', 'no reason given'],
  ])('tells the reason in the form %s', (_form, body, reason) => {
    expect(() => parse(body, 400)).toThrow(
      expect.objectContaining({
        code: 'AML_CREDENTIAL_REJECTED',
        status: 400,
        message: `The source gave no token (status 400): ${reason}`,
      }),
    );
  });

  it('tells what passes by itself from what does not', () => {
    expect(() => parse({}, 429, { 'retry-after': '3' })).toThrow(
      expect.objectContaining({ code: 'AML_THROTTLED', retryAfterMs: 3000 }),
    );
    expect(() => parse({}, 503)).toThrow(
      expect.objectContaining({ code: 'AML_SERVICE_UNAVAILABLE', retryable: true }),
    );
    expect(() => parse({}, 410)).toThrow(expect.objectContaining({ code: 'AML_SERVICE_UNAVAILABLE' }));
  });

  it('gives a usable token or a typed error, for any answer', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.constantFrom(200, 400, 500), (body, expiry, status) => {
        for (const reply of [
          body,
          { access_token: 'a', expires_on: expiry },
          { access_token: body, expires_in: 60 },
        ]) {
          try {
            const { token, expiresOnTimestamp } = parse(reply, status);
            expect(token).toMatch(/^[\x21-\x7e]+$/);
            expect(expiresOnTimestamp).not.toBeNaN();
          } catch (error) {
            expect(error).toMatchObject({ name: 'AmlAuthError' });
          }
        }
      }),
    );
  });
});
