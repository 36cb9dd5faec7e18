import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { amlAuth } from './support/aml-auth.js';
import { loadedBy } from './support/loaded-by.js';

let emulator: Emulator;
let env: Record<string, string>;
beforeAll(async () => {
  emulator = await startEmulator();
  env = emulator.env('trainer');
});
afterAll(() => emulator.close());

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('aml-auth token', () => {
  it('prints the token and a line end, and nothing else', async () => {
    const { code, stdout, stderr } = await amlAuth(['token'], { env });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(claimsOf(stdout)).toMatchObject({
      aud: 'https://ml.azure.com',
      appid: emulator.app('trainer').clientId,
    });
  });

  it('prints versioned JSON with -o json, for the scope that is asked for', async () => {
    const scope = 'https://graph.microsoft.com/.default';
    const { stdout } = await amlAuth(['token', '--scope', scope, '-o', 'json'], { env });
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result).toMatchObject({
      version: 1,
      tokenType: 'Bearer',
      scope,
      tenantId: emulator.app('trainer').tenantId,
    });
    const claims = claimsOf(result['accessToken'] as string);
    expect(Math.abs((claims['exp'] as number) - (result['expiresOnEpoch'] as number))).toBeLessThan(10);
    expect(
      Date.parse(result['expiresOn'] as string) / 1000 - (result['expiresOnEpoch'] as number),
    ).toBeLessThan(1);
  });

  it('takes the secret from standard input, with the line end of any system', async () => {
    const { AZURE_CLIENT_SECRET: secret = '', ...rest } = env;
    for (const input of [secret, `${secret}\n`, `${secret}\r\n`]) {
      const { code } = await amlAuth(['token', '--client-secret-file', '-'], { env: rest, input });
      expect(code).toBe(0);
    }
  });
});

describe('a token that is kept', () => {
  /** Modules of Node.js: `crypto` opens what is sealed, `module` has the compiled code, and streams and `net` write to a pipe. */
  const NEEDED = new Set([
    ...['crypto', 'diagnostics_channel', 'module', 'net'],
    ...['stream', 'stream/promises', 'string_decoder'],
  ]);
  const HEAVY = /^internal\/(?:deps\/|fs\/promises)/;

  /** Without the folders above and the hash of its content. */
  const nameOf = (file: string): string =>
    file.replace(/^.*\/(?:apps|packages)\//, '').replace(/-[A-Z\d]{8}\.js$/, '.js');

  it('is given without a sign-in method, the network, a parser of schemas or a file too many', async () => {
    const { clientId, tenantId } = emulator.app('trainer');
    const ids = ['--service-principal', '--client-id', clientId, '--tenant', tenantId];
    const home = await mkdtemp(join(tmpdir(), 'aml-auth-kept-'));
    onTestFinished(() => rm(home, { recursive: true, force: true }));
    const own = {
      HOME: home,
      AML_AUTH_CONFIG_DIR: join(home, 'config'),
      AML_AUTH_CACHE_DIR: join(home, 'cache'),
      AML_AUTH_CACHE_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    };
    const login = await amlAuth(['login', ...ids], { env: { ...env, ...own } });
    expect(login.code).toBe(0);

    const { outcome, files, builtins } = await loadedBy(['token'], own);
    expect(outcome.code).toBe(0);
    expect(claimsOf(outcome.stdout)).toMatchObject({ appid: clientId });
    // Each file more costs a third of a millisecond: what they share is one chunk (one-chunk.base.ts).
    expect(files.map(nameOf)).toEqual([
      'cli/dist/main.js',
      'cli/dist/run-main.js',
      'cli/dist/chunk.js',
      'core/dist/index.js',
      'cli/dist/token.js',
      'cli/dist/chunk.js',
      'cli/dist/chunk.js',
      'token-cache/dist/index.js',
    ]);
    const isNeeded = (name: string): boolean => NEEDED.has(name) || name.startsWith('internal/');
    expect(builtins.filter((name) => HEAVY.test(name) || !isNeeded(name))).toEqual([]);
  });
});

describe('aml-auth whoami', () => {
  it('shows the identity and never the token', async () => {
    const app = emulator.app('trainer');
    const { code, stdout } = await amlAuth(['whoami'], { env });
    expect(code).toBe(0);
    expect(stdout).toContain(`clientId   ${app.clientId}\n`);
    expect(stdout).not.toMatch(/eyJ/);
    const json = JSON.parse((await amlAuth(['whoami', '-o', 'json'], { env })).stdout) as unknown;
    expect(json).toMatchObject({
      method: 'clientSecret',
      kind: 'servicePrincipal',
      objectId: app.objectId,
      tenantId: app.tenantId,
    });
  });
});

describe('aml-auth workspace', () => {
  it('shows the workspace of the environment as a table and as JSON', async () => {
    const { id } = emulator.workspace();
    const table = await amlAuth(['workspace', 'show'], { env });
    expect(table.stdout).toMatch(/^name {11}ws1\nresourceGroup {2}rg-ml\n/);
    const json = JSON.parse(
      (await amlAuth(['workspace', 'show', 'ws1', '-o', 'json'], { env })).stdout,
    ) as unknown;
    expect(json).toMatchObject({ id, name: 'ws1', properties: { provisioningState: 'Succeeded' } });
  });

  it('lists what the caller may see, in one subscription or in all', async () => {
    const { AZUREML_ARM_SUBSCRIPTION, AZUREML_ARM_RESOURCEGROUP: _, ...rest } = emulator.env('auditor');
    const all = await amlAuth(['workspace', 'list', '-o', 'json'], { env: rest });
    const one = await amlAuth(['workspace', 'list', '-o', 'json', '-s', AZUREML_ARM_SUBSCRIPTION ?? ''], {
      env: rest,
    });
    expect(JSON.parse(all.stdout)).toMatchObject({ workspaces: [{ name: 'ws1' }] });
    expect(one.stdout).toBe(all.stdout);
    const table = await amlAuth(['workspace', 'list'], { env: rest });
    expect(table.stdout).toMatch(/^NAME {2}RESOURCE GROUP {2}LOCATION {4}SUBSCRIPTION\nws1 {3}rg-ml /);
  });
});

it('survives a reader that goes away', async () => {
  const { start } = await import('./support/aml-auth.js');
  const child = start(['workspace', 'show', '-o', 'json'], { env });
  child.stdout?.destroy();
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code).toBe(0);
});
