import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { hygieneCheck } from '../src/hygiene/hygiene-check.ts';
import { textProblems } from '../src/hygiene/text-problems.ts';
import { fixture, lines } from './fixture.ts';
import { testWithGit } from './with-git.ts';

// The bad lines are put together here, so that this file does not hold them.
const line = (...parts: string[]): string => parts.join('');

test.each([
  ['pnpm-lock.yaml', line('tarball', ': a.tgz'), 'registry'],
  ['a.md', line('run /ro', 'ot/x'), 'path of one machine'],
  ['a.ts', line("const a = '/ho", "me/me';"), 'path of one machine'],
  ['a.ts', line('// TO', 'DO later'), 'unfinished'],
  ['a.test.ts', line('test.on', 'ly(1)'), 'left out'],
  ['a.pem', line('-----BEGIN PRIVATE ', 'KEY-----\n', 'A'.repeat(64)), 'private key'],
  ['a.ts', line('abc8', 'Q~', 'x'.repeat(34)), 'client secret'],
  ['a.ts', line('gh', 'p_', 'x'.repeat(36)), 'access key'],
])('in %s, "%s" is found', (file, text, problem) => {
  expect(textProblems(file, text)).toEqual([{ line: 1, what: expect.stringContaining(problem) as string }]);
});

test.each([
  ['a.ts', "const url = 'https://example.com/home/x';"],
  ['a.ts', line('list.sk', 'ip(2);')],
  ['a.ts', '`-----BEGIN PRIVATE KEY-----\\n${key}`'],
  ['a.ts', 'const method = todo();'],
])('in %s, "%s" passes', (file, text) => {
  expect(textProblems(file, text)).toEqual([]);
});

testWithGit('files that git would commit are read, ignored ones are not', async () => {
  const bad = line('// FIX', 'ME');
  const root = await fixture({
    LICENSE: 'MIT',
    '.gitignore': 'dist/',
    'a.ts': `ok\n${bad}`,
    'dist/a.ts': bad,
    'picture.png': `\0${bad}`,
    'packages/a/package.json': { name: '@x/a', license: 'GPL' },
    'packages/b/package.json': { name: '@x/b', license: 'MIT' },
    'packages/b/LICENSE': 'MIT',
  });
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  expect(lines(await hygieneCheck.run(root))).toEqual([
    'a.ts:2: an unfinished place',
    'packages/a/package.json: license is not MIT',
    'packages/a/LICENSE: is not the LICENSE of the repository',
  ]);
});
