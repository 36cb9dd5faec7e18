import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { amlAuth } from './support/aml-auth.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

it('completes in a real bash', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-completion-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(MAIN, join(folder, 'aml-auth'));
  const { stdout, code } = await amlAuth(['completion', 'bash']);
  expect(code).toBe(0);
  await writeFile(join(folder, 'script'), stdout);
  // The package bash-completion gives the function; this is what bash does when somebody types "aml-auth acc" and a tab.
  const probe = `source ${join(folder, 'script')}
    _get_comp_words_by_ref() { cur=acc; prev=aml-auth; words=(aml-auth acc); cword=1; }; compopt() { :; }
    COMP_WORDS=(aml-auth acc); COMP_CWORD=1; COMP_LINE='aml-auth acc'; COMP_POINT=12; COMP_TYPE=9
    fn=$(complete -p aml-auth | sed 's/.*-F \\([^ ]*\\).*/\\1/'); $fn; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: folder };
  expect(execFileSync('bash', ['--norc', '-c', probe], { env, encoding: 'utf8' }).trim()).toMatch(/^account/);
});

it.each(['zsh', 'fish', 'powershell'])('has a script for %s, which asks the program', async (shell) => {
  const { code, stdout, stderr } = await amlAuth(['completion', shell]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/aml-auth complete/);
  const program = shell === 'powershell' ? 'pwsh' : shell;
  if (spawnSync(program, ['--version']).status === 0 && shell !== 'powershell') {
    expect(spawnSync(program, ['-n'], { input: stdout, encoding: 'utf8' }).stderr).toBe('');
  }
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
