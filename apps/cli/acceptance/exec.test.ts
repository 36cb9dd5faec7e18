import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amlAuth, start } from './support/aml-auth.js';
import { isOpen } from './support/is-open.js';

let emulator: Emulator;
let env: Record<string, string>;
/** Tokens of an emulator have no place in the cache of whoever runs this. */
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  emulator = await startEmulator();
  env = { ...emulator.env('trainer'), HOME: home };
});
afterAll(async () => {
  await emulator.close();
  await rm(home, { recursive: true, force: true });
});

const client = (name: string): string => fileURLToPath(new URL(`clients/${name}`, import.meta.url));
const node = (...code: string[]): string[] => ['--', process.execPath, '--eval', ...code];
const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const claimsOf = (text: string) => decodeJwt(text.trim());

/** The first line that a stream gives. */
async function lineOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.trim();
}

describe('aml-auth exec', () => {
  it.each(['appservice', 'azureml', 'imds'])(
    'gives DefaultAzureCredential of Node.js a token, style %s',
    async (style) => {
      const args = ['exec', '--style', style, '--', process.execPath, client('default-credential.mjs')];
      const { code, stdout } = await amlAuth([...args, 'https://ml.azure.com/.default'], { env });
      expect(code).toBe(0);
      expect(claimsOf(stdout)).toMatchObject({
        appid: emulator.app('trainer').clientId,
        aud: 'https://ml.azure.com',
      });
    },
  );

  it.skipIf(!isThere('python3')).each(['appservice', 'azureml'])(
    'gives a Python program a token by plain HTTP, style %s',
    async (style) => {
      const args = [
        'exec',
        '--style',
        style,
        '--',
        'python3',
        client('plain_http.py'),
        'https://ml.azure.com',
      ];
      expect(claimsOf((await amlAuth(args, { env })).stdout)).toMatchObject({ aud: 'https://ml.azure.com' });
    },
  );

  it.skipIf(!isThere('java')).each(['appservice', 'azureml'])(
    'gives a Java program a token by plain HTTP, style %s',
    async (style) => {
      const args = ['exec', '--style', style, '--', 'java', client('PlainHttp.java'), 'https://ml.azure.com'];
      expect(claimsOf((await amlAuth(args, { env })).stdout)).toMatchObject({ aud: 'https://ml.azure.com' });
    },
  );

  it.skipIf(!isThere('python3'))(
    'gives no token for a resource that is not allowed, until it is',
    async () => {
      const vault = ['--', 'python3', client('plain_http.py'), 'https://graph.microsoft.com'];
      expect((await amlAuth(['exec', ...vault], { env })).stdout).toMatch(/^403 .*no token for the resource/);
      const allowed = await amlAuth(['exec', '--allow', 'https://graph.microsoft.com', ...vault], { env });
      expect(claimsOf(allowed.stdout)).toMatchObject({ aud: 'https://graph.microsoft.com' });
    },
  );

  it('hands on no token and none of our secrets, and no other identity', async () => {
    const own = { ...env, AML_AUTH_CACHE_KEY: `k:${Buffer.alloc(32).toString('base64')}`, MY_OWN: 'kept' };
    const { stdout } = await amlAuth(
      ['exec', ...node('console.log(JSON.stringify([process.env, process.argv]))')],
      {
        env: own,
      },
    );
    const [seen] = JSON.parse(stdout) as [Record<string, string>, string[]];
    expect(stdout).not.toMatch(/eyJ[\w-]{10}/);
    expect(stdout).not.toContain(env['AZURE_CLIENT_SECRET']);
    expect(seen).toMatchObject({ MY_OWN: 'kept', AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential' });
    for (const name of ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AML_AUTH_CACHE_KEY', 'MSI_ENDPOINT']) {
      expect(seen).not.toHaveProperty(name);
    }
  });

  it('ends as the program ends', async () => {
    expect((await amlAuth(['exec', ...node('process.exit(42)')], { env })).code).toBe(42);
    expect((await amlAuth(['exec', ...node('process.kill(process.pid, "SIGKILL")')], { env })).code).toBe(
      137,
    );
    expect((await amlAuth(['exec', '--', 'no-such-program'], { env })).code).toBe(127);
    expect((await amlAuth(['exec', '--', client('plain_http.py')], { env })).code).toBe(126);
    expect((await amlAuth(['exec'], { env })).code).toBe(2);
  });

  it('lets large outputs through a pipe whole, and its arguments as they are', async () => {
    const args = node('process.stdout.write(process.argv[1].repeat(70_000))', '--', '$&"');
    expect((await amlAuth(['exec', ...args], { env })).stdout).toBe('$&"'.repeat(70_000));
  });

  it('hands signals on', async () => {
    const wait =
      'process.on("SIGTERM", () => process.exit(7)); console.log("ready"); setInterval(() => {}, 1e6)';
    const child = start(['exec', ...node(wait)], { env });
    expect(await lineOf(child.stdout!)).toBe('ready');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('is gone with its endpoint when it is killed', async () => {
    const wait = 'console.log(process.env.IDENTITY_ENDPOINT, process.pid); setInterval(() => {}, 1e6)';
    const child = start(['exec', ...node(wait)], { env });
    const [url = '', pid = ''] = (await lineOf(child.stdout!)).split(' ');
    expect(await isOpen(url)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isOpen(url)).toBe(false);
    process.kill(Number(pid), 'SIGKILL');
  });
});

describe('aml-auth serve', () => {
  it('prints what other programs need, serves them, and ends on a signal', async () => {
    const child = start(['serve', '--format', 'json'], { env });
    let text = '';
    for await (const chunk of child.stdout!) {
      text += String(chunk);
      if (text.includes('}')) break;
    }
    const variables = JSON.parse(text) as Record<string, string>;
    // Not by execFileSync, which would hold up the emulator of this process.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [client('default-credential.mjs'), 'https://ml.azure.com/.default'],
      { env: { PATH: process.env['PATH'], ...variables } },
    );
    expect(claimsOf(stdout)).toMatchObject({ aud: 'https://ml.azure.com' });
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(await isOpen(variables['IDENTITY_ENDPOINT'] ?? '')).toBe(false);
  });

  it('ends when the program that started it is killed', async () => {
    const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
    const code = `const c = require('node:child_process').spawn(process.execPath, [${JSON.stringify(main)}, 'serve', '--format', 'json'], { stdio: ['ignore', 'pipe', 'ignore'] }); let t = ''; c.stdout.on('data', (d) => { t += d; if (t.includes('}')) console.log(JSON.parse(t).IDENTITY_ENDPOINT); })`;
    const { spawn } = await import('node:child_process');
    const parent = spawn(process.execPath, ['--eval', code], { env: { PATH: process.env['PATH'], ...env } });
    const url = await lineOf(parent.stdout);
    expect(await isOpen(url)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isOpen(url)).toBe(false);
  });
});
