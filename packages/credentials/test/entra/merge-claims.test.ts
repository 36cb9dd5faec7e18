import { describe, expect, it } from 'vitest';
import { mergeClaims, policyIdsIn } from '../../src/entra/merge-claims.js';

const capolids = '{"access_token":{"capolids":{"essential":true,"values":["p-1","p-2"]}}}';

describe('mergeClaims', () => {
  it('asks for what either asks for', () => {
    const nbf = '{"access_token":{"nbf":{"value":"1"}},"id_token":{"auth_time":null}}';
    expect(JSON.parse(mergeClaims(nbf, capolids))).toEqual({
      access_token: { nbf: { value: '1' }, capolids: { essential: true, values: ['p-1', 'p-2'] } },
      id_token: { auth_time: null },
    });
  });

  it.each(['', 'null', '[]', '5', 'nonsense', '{'])('takes %j for nothing', (text) => {
    expect(mergeClaims(text, text)).toBe('');
    expect(JSON.parse(mergeClaims(text, capolids))).toEqual(JSON.parse(capolids));
  });

  it('leaves the prototypes of objects alone', () => {
    mergeClaims('{"__proto__":{"polluted":true}}', '{"__proto__":{"polluted":true}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('policyIdsIn', () => {
  it('finds one or several ids of policies', () => {
    expect(policyIdsIn(capolids)).toEqual(['p-1', 'p-2']);
    expect(policyIdsIn('{"access_token":{"capolids":{"value":"p-3"}}}')).toEqual(['p-3']);
  });

  it.each([undefined, '', '{}', '{"access_token":{"capolids":{"values":[5,"a b","<x>"]}}}'])(
    'finds none in %j',
    (claims) => {
      expect(policyIdsIn(claims)).toBeUndefined();
    },
  );
});
