import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsAll } from '../../src/operations/contains-all.js';

describe('containsAll', () => {
  it.each([
    [{ a: 1, b: 2 }, { a: 1 }, true],
    [{ a: { b: [1, 2], c: 3 } }, { a: { b: [1, 2] } }, true],
    [{ location: 'WestEurope' }, { location: 'westeurope' }, true],
    [{}, { a: null }, true],
    [{ a: 1 }, { a: undefined }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: [1] }, { a: [1, 2] }, false],
    [{}, { a: {} }, false],
    [undefined, { a: 1 }, false],
    [{ a: 0 }, { a: null }, false],
  ])('%j has all of %j: %s', (found, wanted, expected) => {
    expect(containsAll(found, wanted)).toBe(expected);
  });

  it('finds every JSON value in itself, and in itself with more fields', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, more) => {
        expect(containsAll(value, value)).toBe(true);
        expect(containsAll({ more, value }, { value })).toBe(true);
      }),
    );
  });
});
