import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isAddressRange, isInRanges } from '../../src/core/address-ranges.js';

test.each(['10.0.0.0/8', '0.0.0.0/0', '10.1.2.3/32', '::/0', '2001:db8::/32', '::1/128'])(
  '%s is a range',
  (text) => {
    expect(isAddressRange(text)).toBe(true);
  },
);

test.each([
  '',
  '10.0.0.0',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0/8',
  '::1/129',
  '10.0.0.0/8 ',
  'a/8',
  '10.0.0.0/-1',
])('%j is none', (text) => {
  expect(isAddressRange(text)).toBe(false);
  expect(isInRanges([text], '10.0.0.1')).toBe(false);
});

test('property: an address is in the ranges whose first bits it shares', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, base, prefix) => {
      const bits = (text: string): string =>
        text
          .split('.')
          .map((part) => Number(part).toString(2).padStart(8, '0'))
          .join('');
      const expected = bits(address).slice(0, prefix) === bits(base).slice(0, prefix);
      expect(isInRanges([`${base}/${prefix}`], address)).toBe(expected);
    }),
  );
});
