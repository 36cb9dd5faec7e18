import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseFilter } from '../../src/arm/parse-filter.js';

test('reads calls and comparisons joined by and', () => {
  expect(parseFilter("atScope() and assignedTo('x') AND roleName eq 'It''s'")).toEqual([
    { name: 'atscope', operator: 'call', value: '' },
    { name: 'assignedto', operator: 'call', value: 'x' },
    { name: 'rolename', operator: 'eq', value: "It's" },
  ]);
});

test.each(['', 'x', 'x eq y', "x eq 'y", "x eq 'y' or a()", "x eq 'y' and", 'a() b()', "x eq 'y'and a()"])(
  '%j is none',
  (filter) => {
    expect(parseFilter(filter)).toBeUndefined();
  },
);

test('blanks in brackets count for nothing', () => {
  expect(parseFilter("atScope(  ) and assignedTo( 'x' )")?.map(({ value }) => value)).toEqual(['', 'x']);
});

test('any text can be a value', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const quoted = value.replaceAll("'", "''");
      expect(parseFilter(`roleName eq '${quoted}' and atScope()`)).toEqual([
        { name: 'rolename', operator: 'eq', value },
        { name: 'atscope', operator: 'call', value: '' },
      ]);
    }),
  );
});

test('any text is read or not, and never throws', () => {
  fc.assert(
    fc.property(fc.string(), (filter) => {
      parseFilter(filter);
    }),
  );
});
