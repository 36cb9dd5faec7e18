import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTokenReply } from '../../src/entra/parse-token-reply.js';

const NOW = 1_795_384_254_000;
const HOST = 'https://login.test';
const good = { token_type: 'Bearer', expires_in: 3599, access_token: 'abc.def.ghi' };

describe('parseTokenReply', () => {
  it('counts the expiry from the arrival of the reply', () => {
    expect(parseTokenReply(good, NOW, HOST)).toEqual({
      token: 'abc.def.ghi',
      expiresOnTimestamp: NOW + 3_599_000,
    });
  });

  it('takes refresh_in, and numbers as strings', () => {
    const reply = { ...good, token_type: 'bearer', expires_in: '86399', refresh_in: '43199' };
    expect(parseTokenReply(reply, NOW, HOST)).toMatchObject({
      expiresOnTimestamp: NOW + 86_399_000,
      refreshAfterTimestamp: NOW + 43_199_000,
    });
  });

  it('ignores a refresh_in that is no use', () => {
    for (const refresh_in of [3599, 5000, -1, 'soon', null]) {
      expect(parseTokenReply({ ...good, refresh_in }, NOW, HOST)).not.toHaveProperty('refreshAfterTimestamp');
    }
  });

  it.each([
    ['no object', null],
    ['HTML', '<html>'],
    ['a list', []],
    ['no token', { ...good, access_token: undefined }],
    ['a null token', { ...good, access_token: null }],
    ['a number for a token', { ...good, access_token: 5 }],
    ['an empty token', { ...good, access_token: '' }],
    ['a token that would split a header', { ...good, access_token: 'abc\r\nX-Evil: 1' }],
    ['a token beyond ASCII', { ...good, access_token: 'töken' }],
    ['a token of 2 MB', { ...good, access_token: 'x'.repeat(2e6) }],
    ['another token type', { ...good, token_type: 'pop' }],
    ['no token type', { ...good, token_type: undefined }],
    ['no expiry', { ...good, expires_in: undefined }],
    ['an expiry of zero', { ...good, expires_in: '0' }],
    ['an expiry of less than a second', { ...good, expires_in: 0.5 }],
    ['a negative expiry', { ...good, expires_in: -1 }],
    ['an endless expiry', { ...good, expires_in: Number.POSITIVE_INFINITY }],
    ['an expiry that is no number', { ...good, expires_in: 'NaN' }],
    ['an expiry with letters', { ...good, expires_in: '3600abc' }],
    ['an expiry in 30 years', { ...good, expires_in: 1e9 }],
  ])('refuses %s', (_what, body) => {
    expect(() => parseTokenReply(body, NOW, HOST)).toThrow(
      expect.objectContaining({ code: 'AML_RESPONSE_INVALID' }),
    );
  });

  it('either gives a usable token or says why not, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.object(), (value, extra) => {
        for (const body of [value, { ...good, ...extra }, { ...good, expires_in: value }]) {
          try {
            const token = parseTokenReply(body, NOW, HOST);
            expect(token.expiresOnTimestamp).toBeGreaterThan(NOW);
          } catch (error) {
            expect(error).toMatchObject({ code: 'AML_RESPONSE_INVALID' });
          }
        }
      }),
    );
  });
});
