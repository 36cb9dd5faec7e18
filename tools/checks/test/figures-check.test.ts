import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkFigures } from '../src/figures/figures-check.ts';
import { findFigures } from '../src/figures/find-figures.ts';
import { readProse } from '../src/figures/read-prose.ts';
import { fixture, lines } from './fixture.ts';

test.each([
  ['under a microsecond, beside tens of microseconds', ['1 µs', 'tens µs']],
  ['1마이크로초 미만, 수십 마이크로초', ['1 µs', 'tens µs']],
  ['at most 8 MB, four fifths of it', ['8 MB', '4 fifth']],
  ['took 8.5 to 10ms', ['8.5 to 10 ms']],
  ['180,000 ms', ['180000 ms']],
  ['ten times its speed, a million decisions a second', ['10 times', '1000000/s']],
  ['in 0.45 seconds', ['0.45 s']],
  ['60 requests per minute, 25 more a second', ['60/min', '25/s']],
  ['51 of the 928 roles, and 85 of 100', ['51 of 928', '85 of 100']],
  ['3배 빠르며', ['3 times']],
  ['a megabyte', ['1 MB']],
])('%s is read as figures', (text, expected) => {
  expect(findFigures(text).map(({ figure }) => figure)).toEqual(expected);
});

test.each([
  'Node.js 22.12 or later, version 4.14 of 2026-11-27',
  'one of two principals, many times, at times of need',
  'HTTP 504 after a minute, within a second',
  'AADSTS50196, 30 seconds, ten callers at once',
  'the items and the forms',
])('%s holds none', (text) => {
  expect(findFigures(text)).toEqual([]);
});

test('a figure is found wherever it stands, in every spelling of its unit', () => {
  const units = {
    ms: ['ms', 'milliseconds'],
    kB: ['kB', 'kilobytes'],
    MB: ['MB', 'megabytes'],
    times: ['times'],
  };
  const unit = fc.constantFrom(
    ...Object.entries(units).flatMap(([key, ways]) => ways.map((way) => ({ key, way }))),
  );
  const words = fc.constantFrom('', 'It takes ', '(', 'ours: ', '시간: ', 'a\n');
  const number = fc.oneof(fc.nat({ max: 999_999 }).map(String), fc.stringMatching(/^[1-9]\d?\.\d{1,2}$/));
  fc.assert(
    fc.property(
      words,
      number,
      unit,
      fc.constantFrom('', '.', ')', ', no more', '를'),
      (before, value, { key, way }, after) => {
        expect(findFigures(`${before}${value} ${way}${after}`)).toEqual([
          { figure: `${value} ${key}`, index: before.length },
        ]);
      },
    ),
  );
});

test('no text breaks the finder, and what it finds lies within', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      findFigures(text).every(({ index }) => index >= 0 && index < text.length),
    ),
  );
});

test('what a page says is read without its code, cell by cell', () => {
  const { passages } = readProse(
    '# A\n\n| a | b |\n| --- | --- |\n| `x 5 ms` | 5\u00a0ms |\n\n```text\n7 ms\n```\n',
  );
  expect(passages).toEqual([
    { text: 'A', line: 1 },
    { text: 'a', line: 3 },
    { text: 'b', line: 3 },
    { text: '`', line: 5 },
    { text: '5 ms', line: 5 },
  ]);
});

const head = '| figure | said in | command | row |\n| --- | --- | --- | --- |\n';
const row = '| 5 ms | [a](a.md) | `pnpm bench cache` | warm start |';
const good = {
  'package.json': { scripts: { bench: 'x' } },
  'docs/a.md': 'It takes 5 ms.',
  'docs/figures.md': head + row,
  'tools/bench/src/main.ts': 'const groups: Readonly<Record<string, unknown>> = { cache, rest };',
  'tools/bench/src/rows/warm.ts': "export const warm = { title: 'warm start' };",
  'packages/x/package.json': { name: '@s/x' },
  'packages/x/test/a.test.ts': '',
  '.ci/nightly': '',
};

async function findings(
  change: Readonly<Record<string, unknown>>,
  allowed: Parameters<typeof checkFigures>[1] = [],
): Promise<string[]> {
  return lines(await checkFigures(await fixture({ ...good, ...change }), allowed));
}

const rows = (...more: string[]): Record<string, unknown> => ({ 'docs/figures.md': head + more.join('\n') });

test('a figure with a page, a command and a row of the bench passes; so do a test and a script of CI', async () => {
  expect(await findings({})).toEqual([]);
  const counted = '| 5 ms | [a](a.md) | `pnpm exec nx test @s/x` | [a](../packages/x/test/a.test.ts) |';
  expect(await findings(rows(counted))).toEqual([]);
  expect(await findings(rows('| "It takes" 5 ms | [a](a.md) | `.ci/nightly` | |'))).toEqual([]);
});

test.each([
  [
    'a figure without a row',
    { 'docs/b.md': 'x\n\nand 6 MB' },
    'docs/b.md:3: no row of docs/figures.md has "6 MB"',
  ],
  ['a figure of another page', { 'README.md': '5 ms' }, 'README.md:1: no row of docs/figures.md has "5 ms"'],
  [
    'a figure that nobody says',
    rows(row, row.replace('5 ms', '5 ms, 6 ms')),
    'none of its pages says "6 ms"',
  ],
  ['words that nobody says', rows(row, row.replace('5 ms', '"it did"')), 'none of its pages says "it did"'],
  [
    'a page that says nothing of it',
    rows(row.replace('(a.md)', '(a.md), [f](../b.md)')),
    'b.md says nothing of',
  ],
  ['a row without a figure', rows(row, row.replace('5 ms', 'much')), 'the row states no figure'],
  ['a row without a page', rows(row, row.replace('[a](a.md)', 'a')), 'the row links no page'],
  ['a row without a command', rows(row.replace('`pnpm bench cache`', 'x')), 'the row has no command'],
  ['a script that is not there', rows(row.replace('bench cache', 'benches')), 'there is no script "benches"'],
  ['a group that is not there', rows(row.replace('cache', 'cash')), 'the bench has no group "cash"'],
  ['a row that the bench has not', rows(row.replace('warm', 'cold')), 'the bench has no row "cold start"'],
  ['a bench without its row', rows(row.replace('warm start', '')), 'which rows of the bench'],
  [
    'a program that is none of ours',
    rows(row.replace('pnpm bench cache', 'time x')),
    '"time x" is no command',
  ],
  [
    'a project that is not there',
    rows(row.replace('bench cache', 'exec nx test @s/y')),
    'no project is named @s/y',
  ],
  [
    'tests without their file',
    rows(row.replace(/`.*/, '`pnpm exec nx test @s/x` | |')),
    'names no test of @s/x',
  ],
  ['a file that is not there', rows(row.replace('warm start', '[w](w.ts)')), 'there is no docs/w.ts'],
  ['no rows at all', { 'docs/figures.md': '', 'docs/a.md': '' }, 'docs/figures.md: it has no row'],
])('%s is found', async (_case, change, expected) => {
  expect(await findings(change)).toContainEqual(expect.stringContaining(expected));
});

test('a figure that is allowed needs no row, as long as its page says it', async () => {
  const allowed = [{ page: 'docs/b.md', figure: '6 MB' }];
  expect(await findings({ 'docs/b.md': '6 MB' }, allowed)).toEqual([]);
  expect(await findings({}, allowed)).toEqual(['docs/b.md: "6 MB" is allowed, and not said there']);
});
