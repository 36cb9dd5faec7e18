import { redact } from '@aml-auth/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const secret = fc.stringMatching(/^[A-Za-z0-9~_.-]{12,60}$/);
const jwtPart = fc.stringMatching(/^[A-Za-z0-9_-]{12,60}$/);

describe('redact', () => {
  it.each([
    ['a token', 'got eyJ0eXAiOiJKV1Qi.eyJhdWQiOiJh.c2ln here', 'got [token] here'],
    ['an Authorization header', 'Authorization: Bearer abcdefgh12345678', 'Authorization: Bearer [redacted]'],
    [
      'a form field',
      'grant_type=x&client_secret=abc~DEF.123456&scope=y',
      'grant_type=x&client_secret=[redacted]&scope=y',
    ],
    [
      'a JSON field',
      '{"refresh_token": "0.AXoAabcdefgh", "a": 1}',
      '{"refresh_token": "[redacted]", "a": 1}',
    ],
    ['credentials in a URL', 'via http://user:pass@proxy:8080', 'via http://[redacted]@proxy:8080'],
    ['terminal escapes', 'a\u001b]8;;http://evil\u0007b\u001b[31mc', 'a]8;;http://evilb[31mc'],
    ['marks that reorder text', 'user\u202egpj.exe', 'usergpj.exe'],
  ])('takes out %s', (_what, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    'AADSTS7000215: Invalid client secret provided.',
    'code: AuthorizationFailed',
    'line\nbreak\tand tab',
  ])('leaves %j as it is', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('never lets a named secret or a token through, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string(), secret, jwtPart, fc.string(), (before, value, part, after) => {
        const shown = redact(`${before} client_secret=${value} eyJ${part}.${part}.${part} ${after}`);
        expect(shown).not.toContain(value);
        expect(shown).not.toContain(part);
      }),
    );
  });

  it('is quick on hostile input of any length', () => {
    const started = performance.now();
    for (const piece of ['Bearer ', 'eyJ', 'a.', 'client_secret', 'x://', '"code":"', ' '])
      redact(piece.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
