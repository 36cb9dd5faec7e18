import { expect, it } from 'vitest';
import { parseAssertion } from '../../src/client-assertion/parse-assertion.js';

it.each(['aaa.bbb.ccc', '  aaa.bbb.ccc\r\n', '\ufeffaaa.bbb.ccc'])(
  'takes %j without what stands around it',
  (text) => {
    expect(parseAssertion(text, 'the file')).toBe('aaa.bbb.ccc');
  },
);

it.each([
  ['', 'is empty'],
  [' \n', 'is empty'],
  [undefined, 'is empty'],
  [5, 'is empty'],
  ['two.parts', 'is not a signed token'],
  ['aaa.bbb.ccc ddd', 'is not a signed token'],
  ['<html>', 'is not a signed token'],
  [`a.b.${'c'.repeat(1e6)}`, 'is not a signed token'],
])('refuses %j without showing it', (value, problem) => {
  expect(() => parseAssertion(value, 'the file')).toThrow(
    expect.objectContaining({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringMatching(new RegExp(`^The assertion from the file ${problem}`)) as string,
    }),
  );
  if (typeof value === 'string' && value.trim() !== '') {
    expect(() => parseAssertion(value, 'the file')).not.toThrow(new RegExp(value.slice(0, 8)));
  }
});
