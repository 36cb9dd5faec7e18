import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAzToken } from '../../src/azure-cli/parse-az-token.js';

const NOW = Date.UTC(2026, 10, 22, 12);
const good = { accessToken: 'abc.def.ghi', expires_on: NOW / 1000 + 3600, tenant: 't', tokenType: 'Bearer' };

describe('parseAzToken', () => {
  it('takes the epoch seconds rather than the local time', () => {
    const reply = { ...good, expiresOn: '2026-11-22 03:00:00.000000' };
    expect(parseAzToken(JSON.stringify(reply), NOW)).toEqual({
      token: 'abc.def.ghi',
      expiresOnTimestamp: NOW + 3_600_000,
    });
  });

  it('takes the local time of old versions', () => {
    const { expires_on: _, ...old } = good;
    const expiresOn = '2027-01-22 14:00:00.123456';
    expect(parseAzToken(JSON.stringify({ ...old, expiresOn }), NOW).expiresOnTimestamp).toBe(
      new Date(2027, 0, 22, 14, 0, 0, 123).getTime(),
    );
  });

  it('passes over what extensions print before the JSON', () => {
    const noise =
      'WARNING: The behaviour of this command has changed {see docs}.\n\u001b[33mUpdate available\u001b[0m\n';
    expect(parseAzToken(`${noise}${JSON.stringify(good, undefined, 2)}\r\n`, NOW).token).toBe('abc.def.ghi');
  });

  it.each([
    ['nothing', ''],
    ['text', 'Please run az login'],
    ['truncated JSON', JSON.stringify(good).slice(0, -3)],
    ['a list', '[1]'],
    ['UTF-16', Buffer.from(JSON.stringify(good), 'utf16le').toString('latin1')],
    ['no token', JSON.stringify({ ...good, accessToken: null })],
    ['a token that would split a header', JSON.stringify({ ...good, accessToken: 'a\r\nb' })],
    ['no expiry', JSON.stringify({ ...good, expires_on: undefined })],
    ['an expiry that is no time', JSON.stringify({ ...good, expires_on: 'soon', expiresOn: 'later' })],
    ['an expired token', JSON.stringify({ ...good, expires_on: NOW / 1000 - 1 })],
  ])('refuses %s, without showing it', (_what, stdout) => {
    expect(() => parseAzToken(stdout, NOW)).toThrow(
      expect.objectContaining({ code: 'AML_RESPONSE_INVALID' }),
    );
    expect(() => parseAzToken(stdout, NOW)).not.toThrow(/abc/);
  });

  it('never throws anything else, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (stdout) => {
        expect(() => parseAzToken(stdout, NOW)).toThrow(
          expect.objectContaining({ code: 'AML_RESPONSE_INVALID' }),
        );
      }),
    );
  });
});
