import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amlAuth, MAIN, start } from './support/aml-auth.js';
import { inTerminal } from './support/in-terminal.js';

let emulator: Emulator;
let env: Record<string, string>;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  emulator = await startEmulator();
  env = { ...emulator.env('platform-admin'), HOME: folder };
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+\n$/;
const GROUP = (): string => {
  const { subscriptionId } = emulator.workspace();
  return `/subscriptions/${subscriptionId}/resourceGroups/rg-ml2`;
};

/** Runs a line of a POSIX shell in which `$@` is the program with these arguments. */
async function inShell(line: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const child = spawn('/bin/sh', ['-c', line, 'sh', process.execPath, MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], AML_AUTH_CACHE_DIR: join(folder, 'cache'), ...env, ...more },
  });
  child.stdin.end();
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** Takes what comes in small portions, and lets the writer wait in between. */
async function readSlowly(stream: Readable): Promise<string> {
  let all = '';
  stream.setEncoding('utf8');
  while (!stream.readableEnded) {
    const part = (stream.read(1024) ?? stream.read()) as string | null;
    if (part === null) await Promise.race([once(stream, 'readable'), once(stream, 'end')]);
    else all += part;
  }
  return all;
}

describe('pipes', () => {
  const large = { location: 'westeurope', tags: { note: `${'한글'.repeat(60_000)}!` } };

  it('carry what is longer than they hold: standard input is read, and standard output written, as a whole', async () => {
    const child = start(['rest', GROUP(), '-X', 'PUT', '--api-version', '2021-04-01', '--body', '-'], {
      env,
    });
    const [exit, stderr] = [once(child, 'exit'), text(child.stderr!)];
    child.stdin?.end(JSON.stringify(large));
    const answer = await readSlowly(child.stdout!);
    expect([await exit, await stderr]).toEqual([[0, null], '']);
    expect(answer.length).toBeGreaterThan(120_000);
    expect((JSON.parse(answer) as typeof large).tags).toEqual(large.tags);
  });

  it.each([
    ['a megabyte of output', ['rest', 'GROUP', '--api-version', '2021-04-01']],
    ['--version', ['--version']],
    ['help', ['--help']],
  ])('whose reader has gone end %s quietly, with 0', async (_what, args) => {
    const child = start(
      args.map((arg) => arg.replace('GROUP', GROUP())),
      { env },
    );
    // Nobody will read: every write is one to a broken pipe.
    child.stdout?.destroy();
    const stderr = text(child.stderr!);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await stderr).toBe('');
  });

  it('whose reader of errors has gone do not change how a failure ends', async () => {
    const child = start(['wrkspace'], { env });
    child.stderr?.destroy();
    expect(await once(child, 'exit')).toEqual([2, null]);
  });
});

describe.skipIf(process.platform === 'win32')('a token is given all the same', () => {
  it.each([
    ['without a home', 'unset HOME XDG_STATE_HOME AML_AUTH_CACHE_DIR; exec "$@"', {}],
    ['where the home is a file', 'exec "$@"', { HOME: '/dev/null', AML_AUTH_CACHE_DIR: '' }],
    ['where nothing can be written to the home', 'exec "$@"', { HOME: '/proc', AML_AUTH_CACHE_DIR: '' }],
    ['where the folder for tokens is a file', 'exec "$@"', { AML_AUTH_CACHE_DIR: '/dev/null' }],
    ['in a folder that was removed', 'mkdir gone && cd gone && rmdir ../gone && exec "$@"', {}],
    ['with standard input closed', 'exec "$@" <&-', {}],
    ['with standard error closed', 'exec "$@" 2>&-', {}],
    [
      'with a language that does not exist',
      'exec "$@"',
      { LANG: 'xx_YY.garbage', LC_ALL: '$(id)', LANGUAGE: '\u0007' },
    ],
    ['with no width', 'exec "$@"', { COLUMNS: '0', LINES: '-1', TERM: 'dumb' }],
  ])('%s', async (_what, line, more) => {
    const { code, stdout, stderr } = await inShell(line, ['token'], more);
    expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(TOKEN), '']);
  });

  it('and nothing but the token is lost with standard output closed', async () => {
    expect(await inShell('exec "$@" >&-', ['token'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe.skipIf(process.platform === 'win32')('what cannot be done is said', () => {
  it('of a secret from standard input that is closed', async () => {
    const { code, stderr } = await inShell('exec "$@" <&-', ['token', '--client-secret-file', '-']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no client secret in standard input')]);
  });

  it('of a file beside a folder that was removed', async () => {
    const line = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
    const { code, stderr } = await inShell(line, ['token', '--client-secret-file', 'secret']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be read (ENOENT)')]);
  });

  it.each([
    ['where there is no home', 'unset HOME; exec "$@"', { AML_AUTH_CONFIG_DIR: '/proc/none' }],
    ['where the folder for settings is a file', 'exec "$@"', { AML_AUTH_CONFIG_DIR: '/dev/null' }],
  ])('of an account that cannot be kept, %s', async (_what, line, more) => {
    const { clientId, tenantId, secret } = emulator.app('trainer');
    const ids = ['--client-id', clientId, '--tenant', tenantId];
    const { code, stderr } = await inShell(line, ['login', ...ids, '--service-principal'], {
      AZURE_CLIENT_SECRET: secret ?? '',
      ...more,
    });
    expect([code, stderr]).toEqual([
      expect.toBeOneOf([4, 8]),
      expect.stringMatching(/error AML_UNAVAILABLE: .* cannot be written \(E\w+\)\.\n {2}next: /),
    ]);
  });
});

describe('names of every kind', () => {
  it.each(['with blank', '한글 폴더', '🔑', `${'long'.repeat(50)}/${'er'.repeat(60)}`])(
    'can be those of the folders for settings and tokens: %s',
    async (name) => {
      const home = join(folder, name);
      await mkdir(home, { recursive: true });
      const secret = join(home, 'secret.txt');
      await writeFile(secret, emulator.app('trainer').secret ?? '');
      const { clientId, tenantId } = emulator.app('trainer');
      const own = {
        HOME: home,
        AML_AUTH_CACHE_DIR: join(home, 'cache'),
        AML_AUTH_CONFIG_DIR: join(home, 'config'),
        AML_AUTH_CACHE_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
        ARM_CLOUD_METADATA_URL: env['ARM_CLOUD_METADATA_URL'] ?? '',
        NODE_EXTRA_CA_CERTS: env['NODE_EXTRA_CA_CERTS'] ?? '',
      };
      const login = ['login', '--client-id', clientId, '--tenant', tenantId, '--client-secret-file', secret];
      expect((await amlAuth(login, { env: own })).code).toBe(0);
      expect((await amlAuth(['token'], { env: own })).stdout).toMatch(TOKEN);
    },
  );
});

describe.skipIf(spawnSync('python3', ['--version']).status !== 0)('a terminal', () => {
  it.each([40, 10, 1])('of %i columns gets tables without an error', async (columns) => {
    const { code, shown } = await inTerminal(['role', 'definition', 'list', '--no-color'], { env, columns });
    expect(code).toBe(0);
    const lines = shown.split(/\r?\n/).filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(5);
    expect(shown).not.toContain('error');
    if (columns >= 40) expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('that can do nothing gets no control characters', async () => {
    const { code, shown } = await inTerminal(['--help'], { env: { ...env, TERM: 'dumb' } });
    expect([code, shown]).toEqual([0, expect.not.stringContaining('\u001b') as string]);
  });
});
