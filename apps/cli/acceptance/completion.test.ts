import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publicCloud } from '@aml-auth/core';
import { atTerminal, hasTerminal } from '@aml-auth/testkit/terminal';
import { expect, it, onTestFinished } from 'vitest';
import { amlAuth } from './support/aml-auth.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** As this program writes them. */
const ACCOUNTS = {
  version: 1,
  accounts: ['ci', 'ci-nightly'].map((name) => ({
    name,
    id: name,
    method: 'managedIdentity',
    cloud: publicCloud,
    source: {},
    signedInAt: '2026-01-01T00:00:00.000Z',
  })),
};
const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const hasShell = { bash: isThere('bash'), zsh: isThere('zsh'), fish: isThere('fish'), pwsh: isThere('pwsh') };
const onPty = hasTerminal();
const title = (shell: keyof typeof hasShell, needs = true): string =>
  hasShell[shell] && needs
    ? shell
    : `${shell} (skipped: ${hasShell[shell] ? 'no python3 with pseudo terminals' : 'not installed'})`;

/** A user with the accounts "ci" and "ci-nightly", whose cloud is not there any more, and the script for a shell. */
async function user(shell: string) {
  const home = await mkdtemp(join(tmpdir(), 'aml-auth-completion-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  await symlink(MAIN, join(home, 'aml-auth'));
  const config = join(home, 'config');
  await mkdir(config, { mode: 0o700 });
  await writeFile(join(config, 'accounts.json'), JSON.stringify(ACCOUNTS), { mode: 0o600 });
  const { stdout, stderr, code } = await amlAuth(['completion', shell]);
  expect([code, stderr]).toEqual([0, '']);
  const script = join(home, 'script');
  await writeFile(script, stdout);
  const env = {
    PATH: `${home}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    TERM: 'xterm',
    AML_AUTH_CONFIG_DIR: config,
    ARM_CLOUD_METADATA_URL: 'https://127.0.0.1:1/metadata/endpoints',
  };
  return { home, script, env };
}

/** What is typed before a tab, and what then stands on the line: commands, options, their values, and accounts. */
const LINES = [
  ['aml-auth accou', 'aml-auth account'],
  ['aml-auth token --min-t', 'aml-auth token --min-ttl'],
  ['aml-auth token --format exec', 'aml-auth token --format execcredential'],
  ['aml-auth token --format=exec', 'aml-auth token --format=execcredential'],
  ['aml-auth token --account ci-n', 'aml-auth token --account ci-nightly'],
  ['aml-auth account switch ci-n', 'aml-auth account switch ci-nightly'],
] as const;

/** Types each line and a tab in a shell at a terminal, and answers with what was shown. */
async function typeIn(program: readonly string[], setUp: string, env: Readonly<Record<string, string>>) {
  const steps = LINES.flatMap(([typed, whole]) => [
    { waitFor: 'ready> ', type: `${typed}\t` },
    // Ctrl-U takes the line away.
    { waitFor: whole, type: '\u0015echo\r' },
  ]);
  return atTerminal({
    program,
    env,
    columns: 200,
    steps: [{ waitFor: '', type: `${setUp}\r` }, ...steps, { waitFor: 'ready> ', type: 'exit\r' }],
  });
}

it.skipIf(!hasShell.bash || !onPty)(
  `completes in ${title('bash', onPty)}, without the package bash-completion`,
  async () => {
    const { script, env } = await user('bash');
    const ended = await typeIn(
      ['bash', '--norc', '--noprofile', '-i'],
      `PS1='rea''dy> '; source ${script}`,
      env,
    );
    expect([ended.left, ended.code]).toEqual([0, 0]);
    expect(ended.shown).not.toMatch(/command not found|error/);
  },
);

it.skipIf(!hasShell.bash)('never reads what was typed as a command, in bash', async () => {
  const { home, script, env } = await user('bash');
  const probe = `source ${script}; COMP_WORDS=(aml-auth '$(touch ${home}/run)' '\`touch ${home}/run\`' ''); COMP_CWORD=3; __aml_auth_complete`;
  expect(spawnSync('bash', ['--norc', '-c', probe], { env }).status).toBe(0);
  expect(await readdir(home)).not.toContain('run');
});

it.skipIf(!hasShell.zsh || !onPty)(`completes in ${title('zsh', onPty)}`, async () => {
  const { script, env } = await user('zsh');
  const setUp = `PS1='rea''dy> '; autoload -Uz compinit; compinit -u -D; source ${script}`;
  const ended = await typeIn(['zsh', '-f', '-i'], setUp, env);
  expect([ended.left, ended.code]).toEqual([0, 0]);
});

it.skipIf(!hasShell.fish)(`completes in ${title('fish')}`, async () => {
  const { script, env } = await user('fish');
  for (const [typed, whole] of LINES) {
    const { stdout } = spawnSync('fish', ['--no-config', '-c', `source ${script}; complete -C '${typed}'`], {
      env,
      encoding: 'utf8',
    });
    expect([typed, stdout]).toEqual([typed, expect.stringContaining(whole.split(' ').at(-1) ?? '')]);
  }
});

it.skipIf(!hasShell.pwsh)(`completes in ${title('pwsh')}`, async () => {
  const { script, env } = await user('powershell');
  const probe = `. ${script}; (TabExpansion2 'aml-auth acc' 12).CompletionMatches.CompletionText`;
  const { stdout } = spawnSync('pwsh', ['-NoProfile', '-Command', probe], { env, encoding: 'utf8' });
  expect(stdout).toContain('account');
});

it('has a script for PowerShell, which asks the program', async () => {
  const { code, stdout, stderr } = await amlAuth(['completion', 'powershell']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/aml-auth complete/);
});

it('proposes accounts from the file of this user, and nothing where that is broken', async () => {
  const { env, home } = await user('bash');
  const ask = async (...words: string[]): Promise<string> =>
    (await amlAuth(['complete', '--', ...words], { env })).stdout;
  expect(await ask('logout', '')).toMatch(/\nci\t.*\nci-nightly\t.*\n:4\n$/);
  expect(await ask('account', 'show', 'ci-')).toMatch(/^ci-nightly\t.*\n:4\n$/);
  await writeFile(join(home, 'config', 'accounts.json'), 'broken');
  const broken = await amlAuth(['complete', '--', 'logout', ''], { env });
  expect([broken.code, broken.stderr]).toEqual([0, '']);
  expect(broken.stdout).not.toMatch(/^ci/m);
});

it('answers the scripts with proposals and a directive, and names shells that there are none for', async () => {
  expect((await amlAuth(['complete', '--', 'token', '--form'])).stdout).toMatch(/^--format\t[^\n]+\n:4\n$/);
  const { code, stderr } = await amlAuth(['completion', 'tcsh']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('powershell')]);
});

it('keeps compiled code in a folder of this user alone, and nowhere where that cannot be had', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'aml-auth-code-'));
  onTestFinished(() => rm(cache, { recursive: true, force: true }));
  const folder = join(cache, 'aml-auth-code');
  const env = { XDG_CACHE_HOME: cache };
  expect((await amlAuth(['--version'], { env })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await amlAuth(['config', 'list'], { env })).code).toBe(0);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readdir(folder)).not.toEqual([]);
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await chmod(folder, 0o777);
  expect((await amlAuth(['config', 'list'], { env })).code).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});
