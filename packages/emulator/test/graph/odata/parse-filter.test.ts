import fc from 'fast-check';
import { expect, test } from 'vitest';

import { matchesFilter } from '../../../src/graph/odata/matches-filter.js';
import { parseFilter } from '../../../src/graph/odata/parse-filter.js';

test('reads every form, joined by and', () => {
  expect(
    parseFilter(
      "displayName eq 'It''s' and startswith(displayName,'I') and names/any(c:c eq 'x') and on eq true and gone eq null",
    ),
  ).toEqual({
    all: [
      { operator: 'eq', property: 'displayName', value: "It's" },
      { operator: 'startswith', property: 'displayName', value: 'I' },
      { operator: 'any', property: 'names', value: 'x' },
      { operator: 'eq', property: 'on', value: true },
      { operator: 'eq', property: 'gone', value: null },
    ],
  });
});

test.each([
  '',
  'x',
  'x eq y',
  "x eq 'y",
  "x ne 'y'",
  "x eq 'y' and",
  "x eq 'y'and z eq 'y'",
  "names/any(c:d eq 'x')",
  'startswith(x,true)',
  "(x eq 'y'",
  "x eq 'y')",
  'x in ()',
  'x eq 1x',
  "not (x eq 'y')",
  `${'('.repeat(21)}x eq 1${')'.repeat(21)}`,
])('%j is none', (filter) => {
  expect(parseFilter(filter)).toBeUndefined();
});

const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;

test('any text can be a value, in every form', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
      const filter = `p eq ${quote(a)} and startswith(q,${quote(b)}) and r/any(x:x eq ${quote(c)})`;
      expect(parseFilter(filter)).toEqual({
        all: [
          { operator: 'eq', property: 'p', value: a },
          { operator: 'startswith', property: 'q', value: b },
          { operator: 'any', property: 'r', value: c },
        ],
      });
    }),
  );
});

test('any text is read or not, and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom("x eq 'y'", "a/any(b:b eq 'c')")), (filter) => {
      parseFilter(filter);
    }),
  );
});

test('an object always meets the filter that its own properties make, and a prefix of them', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(20), (value, length) => {
      const terms = parseFilter(`p eq ${quote(value)} and startswith(p,${quote(value.slice(0, length))})`);
      expect(matchesFilter(terms, { p: value })).toBe(true);
    }),
  );
});

test.each([
  ["p eq 'ALICE'", true],
  ["p eq 'bob'", false],
  ["startswith(p,'AL')", true],
  ["startswith(p,'b')", false],
  ["list/any(x:x eq 'TWO')", true],
  ["list/any(x:x eq 'three')", false],
  ["p/any(x:x eq 'alice')", false],
  ['on eq true', true],
  ['on eq false', false],
  ['gone eq null', true],
  ['p eq null', false],
  ['toString eq null', true],
  ["p eq 'bob' or on eq true", true],
  ["p eq 'bob' or on eq false", false],
  ["on eq true or p eq 'bob' and on eq false", true],
  ["(on eq true or p eq 'bob') and on eq false", false],
  ["p in ('bob', 'Alice')", true],
  ["p in ('bob')", false],
  ['n ge 7', true],
  ['n gt 7', false],
  ['n lt 7.5', true],
  ['n eq -7', false],
  ['at ge 2026-11-22T09:00:00Z', true],
  ['at gt 2026-11-22T09:00:00Z', false],
  ['at lt 2026-11-22T09:00:00.001Z', true],
  ['at gt 5', false],
  ["p gt 'al'", false],
  ['at eq 2026-11-22T10:00:00+01:00', true],
  ['at ge 2026-11-22', true],
  ['status/errorCode eq 0', true],
  ['status/errorCode eq 1', false],
  ['p/x eq null', true],
])('%s is %s', (filter, expected) => {
  const object = {
    p: 'alice',
    list: ['one', 'two'],
    on: true,
    gone: null,
    n: 7,
    at: '2026-11-22T09:00:00.000Z',
    status: { errorCode: 0 },
  };
  const read = parseFilter(filter);
  expect(read).toBeDefined();
  expect(matchesFilter(read, object)).toBe(expected);
});
