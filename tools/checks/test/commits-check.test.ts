import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { checkCommits } from '../src/commits/commits-check.ts';
import { readScopes } from '../src/commits/read-scopes.ts';
import { subjectProblem } from '../src/commits/subject-problem.ts';
import { fixture, lines } from './fixture.ts';
import { testWithGit } from './with-git.ts';

const scopes = new Set(['core', 'source']);

test.each(['feat(core): x', 'fix(core)!: x', 'build(source): x', 'docs: x', 'ci: x', 'chore: x'])(
  '"%s" passes',
  (subject) => {
    expect(subjectProblem(subject, scopes)).toBeUndefined();
  },
);

test.each([
  ['update things', 'not "type'],
  ['feat(core):x', 'not "type'],
  ['feature(core): x', 'no type is named "feature"'],
  ['feat: x', 'needs a scope'],
  ['feat(cores): x', 'no project is named "cores"'],
])('"%s" is found', (subject, problem) => {
  expect(subjectProblem(subject, scopes)).toContain(problem);
});

test('a commit names the root, a project, or a folder of apps that is built by something else', async () => {
  const root = await fixture({
    'packages/a/package.json': { name: '@x/a' },
    'apps/cli/package.json': { name: '@x/cli' },
    'apps/sample-java/pom.xml': '<project/>',
    'apps/README.md': 'no folder',
    'packages/notes/README.md': 'no project',
  });
  expect([...(await readScopes(root))].sort()).toEqual(['a', 'cli', 'sample-java', 'source']);
});

testWithGit('the commits after the base are read, and no others', async () => {
  const root = await fixture({ 'packages/a/package.json': { name: '@x/a' } });
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '-m', 'old sins');
  const base = git('rev-parse', 'HEAD');
  git('commit', '--quiet', '--allow-empty', '-m', 'feat(a): good');
  git('commit', '--quiet', '--allow-empty', '-m', 'feat(b): bad');
  expect(lines(await checkCommits(root, base))).toEqual([
    expect.stringMatching(/^[\da-f]+: no project is named "b": feat\(b\): bad$/),
  ]);
  expect(lines(await checkCommits(root))).toHaveLength(2);
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  expect(lines(await checkCommits(root))).toHaveLength(1);
  expect(lines(await checkCommits(root, 'nowhere'))).toEqual([expect.stringContaining('no such commit')]);
});
