import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsChallenge } from '../../src/challenge/claims-challenge.js';
import { parseChallenges } from '../../src/challenge/parse-challenges.js';

const CLAIMS = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const claimsIn = (...headers: string[]): string | undefined => {
  const all = new Headers();
  for (const header of headers) all.append('www-authenticate', header);
  return claimsChallenge(all);
};

describe('parseChallenges', () => {
  it('reads schemes and parameters, quoted or bare, over several headers', () => {
    const header = 'Negotiate abc==, Basic realm="a, b=c", Bearer realm="", error = invalid_token,x="q\\"p"';
    expect(
      parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]),
    ).toEqual([
      ['Negotiate', { abc: '=' }],
      ['Basic', { realm: 'a, b=c' }],
      ['Bearer', { realm: '', error: 'invalid_token', x: 'q"p' }],
    ]);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const { scheme } of parseChallenges(text)) expect(scheme).not.toBe('');
      }),
    );
  });

  it('reads back what is written with quotes', () => {
    const name = fc.stringMatching(/^[a-z_]{1,10}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.string(), { noNullPrototype: true }), (values) => {
        const quoted = Object.entries(values).map(
          ([key, value]) => `${key}="${value.replace(/["\\]/g, '\\$&')}"`,
        );
        const [challenge] = parseChallenges(`Bearer ${quoted.join(', ')}`);
        expect(Object.fromEntries(challenge?.parameters ?? [])).toEqual(values);
      }),
    );
  });
});

describe('claimsChallenge', () => {
  const unicode = '{"access_token":{"x":{"value":"Zürich ÿþ >?>?"}}}';

  it.each([
    ['base64', base64(CLAIMS), CLAIMS],
    ['base64url without padding', base64url(unicode), unicode],
    ['base64 of UTF-8', base64(unicode), unicode],
    ['JSON with quoted pairs', CLAIMS.replaceAll('"', '\\"'), CLAIMS],
  ])('reads claims in %s', (_form, written, expected) => {
    for (const error of ['insufficient_claims', 'invalid_token']) {
      expect(claimsIn(`Bearer realm="", error="${error}", claims="${written}"`)).toBe(expected);
    }
  });

  it('prefers insufficient_claims, wherever it stands', () => {
    const other = `Bearer error="invalid_token", claims="${base64('{"a":1}')}"`;
    const wanted = `bearer error="insufficient_claims", claims="${base64(CLAIMS)}"`;
    expect(claimsIn(other, 'Basic realm="x"', wanted)).toBe(CLAIMS);
    expect(claimsIn(`${other}, ${wanted}`)).toBe(CLAIMS);
    expect(claimsIn('Bearer error="insufficient_claims", claims="%%%"', other)).toBe('{"a":1}');
  });

  it('reads the challenge of a policy for addresses', () => {
    const header = `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="Tenant IP Policy validate failed.", claims="${base64(CLAIMS)}"`;
    expect(claimsIn(header)).toBe(CLAIMS);
  });

  it.each([
    `Basic claims="${base64(CLAIMS)}"`,
    `Bearer claims='${base64(CLAIMS)}'`,
    'Bearer claims="not base64!"',
    `Bearer claims="${base64('not json')}"`,
    `Bearer claims="${base64('[1]')}"`,
    `Bearer claims="${base64('"text"')}"`,
    'Bearer claims="/////w=="',
    'Bearer claims=""',
    'Bearer error="insufficient_claims"',
    'claims="e30="',
    '',
  ])('finds none in %j', (header) => {
    expect(claimsIn(header)).toBeUndefined();
  });

  it('has none without a header', () => {
    expect(claimsChallenge(new Headers())).toBeUndefined();
  });
});
