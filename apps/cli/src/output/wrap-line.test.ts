import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { wrapLine } from './wrap-line.js';

it('breaks at blanks, hangs what is left, and keeps a long id whole', () => {
  expect(
    wrapLine('   The role reads /subscriptions/00000000-0000-0000-0000-000000000001 and more.', 36, 2),
  ).toEqual([
    '   The role reads',
    '     /subscriptions/00000000-0000-0000-0000-000000000001',
    '     and more.',
  ]);
  expect(wrapLine('역할이 허용하지 않는 일은 거부되고, 이유가 나옵니다', 30)).toEqual([
    '역할이 허용하지 않는 일은',
    ' 거부되고, 이유가 나옵니다'.trimStart(),
  ]);
});

it('loses nothing, and is no wider than that but for words that are', () => {
  const words = fc.array(fc.stringMatching(/^[a-z가-힣]{1,40}$/), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 30, max: 90 }),
      fc.integer({ min: 0, max: 4 }),
      (all, width, hang) => {
        const pieces = wrapLine(all.join(' '), width, hang);
        expect(pieces.flatMap((piece) => piece.trim().split(' '))).toEqual(all);
        for (const piece of pieces.filter((one) => one.trim().includes(' ')))
          expect(stringWidth(piece)).toBeLessThanOrEqual(width);
      },
    ),
  );
  expect(wrapLine('a b', undefined)).toEqual(['a b']);
});
