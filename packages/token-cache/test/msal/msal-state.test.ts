import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedIndex, formatIndex, parseIndex } from '../../src/msal/msal-index.js';
import {
  changesBetween,
  contentHash,
  entityName,
  expiryOf,
  joinState,
  LONG_LIFE_MS,
  SECTIONS,
  splitState,
} from '../../src/msal/msal-state.js';

const entity = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 4 });
const cache = fc.record(
  Object.fromEntries(
    SECTIONS.map((section) => [
      section,
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'a-b|c')), entity),
    ]),
  ),
);
const state = cache.map((one) => splitState(JSON.stringify(one)));

describe('a cache in pieces', () => {
  it('is put together as it was', () => {
    fc.assert(
      fc.property(state, (one) => {
        expect(splitState(joinState(one))).toEqual(one);
      }),
    );
  });

  it('takes whatever is no cache for an empty one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const parsed = splitState(text);
        expect(splitState(joinState(parsed))).toEqual(parsed);
      }),
    );
    expect(splitState('{"Account":[],"RefreshToken":"x","AccessToken":null}').size).toBe(0);
  });

  it('turns one into another by its changes', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const { written, removed } = changesBetween(before, after);
        const result = new Map([...[...before].filter(([name]) => !removed.has(name)), ...written]);
        expect(new Map([...result].sort())).toEqual(new Map([...after].sort()));
      }),
    );
  });

  it('ends an access token by its own time, and all else after 90 days', () => {
    const text = JSON.stringify({ expires_on: '1700000000' });
    expect(expiryOf(entityName('AccessToken', 'a'), text, 5)).toBe(1_700_000_000_000);
    expect(expiryOf(entityName('RefreshToken', 'a'), text, 5)).toBe(5 + LONG_LIFE_MS);
    expect(expiryOf(entityName('AccessToken', 'a'), '{}', 5)).toBe(5 + LONG_LIFE_MS);
  });
});

describe('the index of a cache', () => {
  const index = fc
    .dictionary(fc.string(), fc.record({ hash: fc.string(), expiresOn: fc.integer() }))
    .map((one) => new Map(Object.entries(one)));

  it('is read as it was written', () => {
    fc.assert(
      fc.property(index, (one) => {
        expect(parseIndex(formatIndex(one))).toEqual(one);
      }),
    );
  });

  it('takes anything else for an empty one, row by row', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseIndex(text)));
    expect(parseIndex('[1,["a","h",5],["b"],7]')).toEqual(new Map([['a', { hash: 'h', expiresOn: 5 }]]));
    expect(parseIndex('[2,["a","h",5]]').size).toBe(0);
    expect(parseIndex(undefined).size).toBe(0);
  });

  it('keeps what neither changed nor expired', () => {
    const before = new Map([
      ['old', { hash: '1', expiresOn: 9 }],
      ['gone', { hash: '1', expiresOn: 99 }],
      ['kept', { hash: '1', expiresOn: 99 }],
      ['changed', { hash: '1', expiresOn: 99 }],
    ]);
    const written = new Map([['changed', { hash: '2', expiresOn: 99 }]]);
    expect([...changedIndex(before, written, new Set(['gone']), 10)]).toEqual([
      ['kept', { hash: '1', expiresOn: 99 }],
      ['changed', { hash: '2', expiresOn: 99 }],
    ]);
  });

  it('tells contents apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => (contentHash(a) === contentHash(b)) === (a === b)),
    );
  });
});
