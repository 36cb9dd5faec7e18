import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amlAuth } from './support/aml-auth.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('aml-auth emulator run', () => {
  it('gives the program an environment in which it is signed in', async () => {
    const program = 'console.log(process.env.AZURE_CLIENT_ID.length, process.env.AZUREML_ARM_WORKSPACE_NAME)';
    const { code, stdout } = await amlAuth(['emulator', 'run', '--', process.execPath, '--eval', program]);
    expect([code, stdout]).toEqual([0, '36 ws1\n']);
  });

  it('keeps its tokens apart from those of Azure, and no longer than it runs', async () => {
    const program = `
      const { AML_AUTH_CACHE_DIR: kept } = process.env;
      console.log(kept, require('node:fs').statSync(kept).isDirectory())`;
    const own = join(folder, 'cache');
    const { stdout } = await amlAuth(['emulator', 'run', '--', process.execPath, '--eval', program], {
      env: { AML_AUTH_CACHE_DIR: own },
    });
    const [kept = '', was] = stdout.trim().split(' ');
    expect([was, existsSync(kept), kept === own]).toEqual(['true', false, false]);
  });

  it('ends as the program ends', async () => {
    const args = ['emulator', 'run', '--', process.execPath, '--eval', 'process.exit(42)'];
    expect((await amlAuth(args)).code).toBe(42);
    const killed = [
      'emulator',
      'run',
      '--',
      process.execPath,
      '--eval',
      'process.kill(process.pid, "SIGKILL")',
    ];
    expect((await amlAuth(killed)).code).toBe(137);
  });

  it('says where the requests can be seen, and no secret', async () => {
    const { stderr } = await amlAuth(['emulator', 'run', '--', process.execPath, '--eval', '']);
    expect(stderr).toMatch(/^The emulator runs\. See what it is asked at https:\/\/localhost:\d+\/_emu\/\n$/);
  });

  it('tells a program that is missing from one that cannot be run', async () => {
    const missing = await amlAuth(['emulator', 'run', '--', 'no-such-program']);
    expect([missing.code, missing.stderr]).toEqual([
      127,
      expect.stringContaining('no-such-program was not found'),
    ]);
    const file = join(folder, 'not-executable');
    await writeFile(file, '', { mode: 0o600 });
    expect((await amlAuth(['emulator', 'run', '--', file])).code).toBe(126);
  });

  it('reads a seed file and picks the application', async () => {
    const seed = join(folder, 'seed.yaml');
    await writeFile(
      seed,
      'version: 1\ntenants:\n- name: fabrikam\n  apps:\n  - { name: one, secrets: [{ value: first }] }\n  - { name: two, secrets: [{ value: second }] }\n',
    );
    const program = 'console.log(process.env.AZURE_CLIENT_SECRET)';
    const args = [
      'emulator',
      'run',
      '--seed',
      seed,
      '--app',
      'two',
      '--',
      process.execPath,
      '--eval',
      program,
    ];
    expect(await amlAuth(args)).toMatchObject({ code: 0, stdout: 'second\n' });
  });

  it.each([
    ['a seed file that is missing', ['--seed', 'no-such-seed.yaml'], 'no-such-seed.yaml'],
    ['a port that is none', ['--port', '99999'], '99999'],
    ['an application that is not in the seed', ['--app', 'nobody'], 'nobody'],
  ])('names %s', async (_what, flags, hint) => {
    const { code, stderr } = await amlAuth(['emulator', 'run', ...flags, '--', 'node']);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(hint);
  });
});
