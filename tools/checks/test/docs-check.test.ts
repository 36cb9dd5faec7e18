import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkDocuments, staleErrorsPage, wrongRemedies } from '../src/docs/docs-check.ts';
import { errorsPage } from '../src/docs/errors-page.ts';
import { fixture, lines } from './fixture.ts';

const here = resolve(import.meta.dirname, '..');
const fence = (language: string, ...code: string[]): string => ['```' + language, ...code, '```'].join('\n');

async function findingsIn(text: string, more: Record<string, unknown> = {}): Promise<string[]> {
  const files = { 'package.json': { scripts: { demo: 'x' } }, 'README.md': text, ...more };
  return lines(await checkDocuments(await fixture(files), here));
}

test.each([
  ['JSON that does not parse', fence('json', '{ "a": 1, }'), /^README\.md:1: not JSON/],
  ['YAML that does not parse', fence('yaml', 'a: [1'), /^README\.md:1: not YAML/],
  ['a block without a language', fence('', 'x'), /^README\.md:1: the block names no language/],
  ['a language that no check knows', fence('cobol', 'x'), /^README\.md:1: no check knows cobol/],
  ['an address without encryption', '[x](http://x.example)', /^README\.md:1: http:.* is no address by https/],
  ['a link to no file', 'See [this](docs/none.md).', /^README\.md:1: docs\/none\.md leads to no file/],
  ['a link to no heading', '# One\n\nSee [this](#two).', /^README\.md:3: #two leads to no heading/],
  ['a link out of the repository', '[up](../x.md)', /leads out of the repository/],
  [
    'a program that nobody has',
    fence('sh', 'frobnicate --now'),
    /^README\.md:2: frobnicate is not a program/,
  ],
  [
    'a script that does not exist',
    fence('sh', '# first', 'pnpm demos'),
    /^README\.md:3: .*no script "demos"/,
  ],
  ['the same through npx', fence('sh', 'npx -y pnpm@1.2.3 demos'), /no script "demos"/],
  [
    'the same after a prompt',
    fence('console', '$ pnpm demos', 'output'),
    /^README\.md:2: .*no script "demos"/,
  ],
])('%s is found', async (_case, text, expected) => {
  const found = await findingsIn(text);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(expected);
});

test('what is right passes', async () => {
  const shell = fence(
    'sh',
    'A=b npx -y pnpm@1.2.3 demo | cat # it',
    'npm start',
    "cat <<'END'",
    'not a command',
    'END',
  );
  const text = ['# One `x`', '[here](#one-x) [there](b.md#b)', fence('json', '{}'), shell].join('\n\n');
  expect(
    await findingsIn(text, { 'b.md': '# B', 'package.json': { scripts: { demo: '', start: '' } } }),
  ).toEqual([]);
});

test.each([
  ['a heading of another level', '# B\n\n## C', 'its headings are not those of README.md'],
  ['no heading', fence('json', '{}'), 'its headings are not those of README.md'],
  ['another block', `# B\n\n${fence('json', '{ }')}`, 'its code blocks are not those of README.md'],
  ['another link', `# B\n\n${fence('json', '{}')}\n\n[b](x.md)`, 'its links are not those of README.md'],
])('a translation with %s is found', async (_case, translation, expected) => {
  const original = `[ko](README.ko.md)\n\n# A\n\n${fence('json', '{}')}`;
  expect(await findingsIn(original, { 'README.ko.md': translation, 'x.md': '# X' })).toContain(
    `README.ko.md: ${expected}`,
  );
});

test('a translation of the same shape passes, and one of nothing does not', async () => {
  const text = (language: string) => `# A\n\n[other](README${language}.md)\n\n${fence('json', '{}')}`;
  expect(await findingsIn(text('.ko'), { 'README.ko.md': text('') })).toEqual([]);
  expect(await findingsIn('# A', { 'x.ko.md': '# A' })).toEqual(['x.ko.md: translates no document']);
});

test('commands and flags are looked up in the help of the program', async () => {
  const main = "process.exit(process.argv[2] === 'token' ? (console.log('--scope'), 0) : 1);";
  const text = fence(
    'sh',
    'aml-auth token --scope x',
    'aml-auth token --hat x',
    'aml-auth tokens',
    'aml-auth token -- x --y',
  );
  expect(await findingsIn(text, { 'apps/cli/dist/main.js': main })).toEqual([
    'README.md:3: aml-auth token has no --hat',
    'README.md:4: aml-auth tokens does not exist',
  ]);
});

test('TypeScript is compiled, each block alone, against the packages', { timeout: 60_000 }, async () => {
  const right = fence('ts', "import { redact } from '@aml-auth/core';", "const said: string = redact('x');");
  const wrong = fence('ts', "import { redact } from '@aml-auth/core';", "const said: number = redact('x');");
  expect(await findingsIn([right, right, wrong, fence('ts', 'said;')].join('\n'))).toEqual([
    expect.stringMatching(/^README\.md:11: TS2322/),
    expect.stringMatching(/^README\.md:14: TS2304/),
  ]);
});

test('a stale page of error codes is found', async () => {
  expect(await staleErrorsPage(await fixture({ 'docs/errors.md': errorsPage() }))).toEqual([]);
  const stale = errorsPage().replace('AML_TIMEOUT', 'AML_TOO_LATE');
  expect(lines(await staleErrorsPage(await fixture({ 'docs/errors.md': stale })))).toEqual([
    expect.stringMatching(/^docs\/errors\.md: is not what the code says/),
  ]);
});

test('commands of aml-auth that remedies name, in quotation marks, are looked up too', async () => {
  const main = "process.exit(process.argv[2] === 'token' ? (console.log('--scope'), 0) : 1);";
  const page =
    '# Errors\n\nRun "aml-auth token --scope x".\nRun "az x", "aml-auth tokens", or "aml-auth tokens".\n';
  const root = await fixture({ 'docs/errors.md': page, 'apps/cli/dist/main.js': main });
  expect(lines(await wrongRemedies(root))).toEqual(['docs/errors.md:4: aml-auth tokens does not exist']);
});
