import type { Check, Finding } from '../check.ts';
import { runProgram } from '../workspace/run-program.ts';
import { readScopes } from './read-scopes.ts';
import { subjectProblem } from './subject-problem.ts';

/** Commit messages decide versions and changelogs: they are conventional, and their scopes are projects. */
export const commitsCheck: Check = {
  name: 'commits',
  promise: 'commit messages are conventional and name projects',
  run: (root) => checkCommits(root, process.env['AML_AUTH_COMMITS_SINCE']),
};

/**
 * Checks the commits after `base`. Default: after the merge base with origin/main; where HEAD is that
 * base, HEAD itself; without origin/main the whole history.
 */
export async function checkCommits(root: string, base?: string): Promise<readonly Finding[]> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { code, stdout } = await runProgram('git', args, { cwd: root });
    return code === 0 ? stdout.trim() : undefined;
  };
  const range = await commitRange(git, base);
  const log = await git('log', '--no-merges', '--format=%h%x09%s', ...range);
  if (log === undefined) return [{ where: range.join(' '), what: 'git log failed: there is no such commit' }];
  const scopes = await readScopes(root);
  return log.split('\n').flatMap((line) => {
    const [hash = '', subject = ''] = line.split('\t');
    const what = line === '' ? undefined : subjectProblem(subject, scopes);
    return what === undefined ? [] : [{ where: hash, what: `${what}: ${subject}` }];
  });
}

async function commitRange(
  git: (...args: string[]) => Promise<string | undefined>,
  base: string | undefined,
): Promise<readonly string[]> {
  if (base !== undefined && base !== '') return [`${base}..HEAD`];
  const mergeBase = await git('merge-base', 'origin/main', 'HEAD');
  if (mergeBase === undefined) return ['HEAD'];
  return mergeBase === (await git('rev-parse', 'HEAD')) ? ['-1', 'HEAD'] : [`${mergeBase}..HEAD`];
}
