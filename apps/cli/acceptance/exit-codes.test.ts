import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { amlAuth, start } from './support/aml-auth.js';

let emulator: Emulator;
let env: Record<string, string>;
beforeAll(async () => {
  emulator = await startEmulator();
  env = emulator.env('trainer');
});
afterAll(() => emulator.close());

describe('the exit code', () => {
  it.each([
    ['a command that does not exist', ['wrkspace'], 'did you mean `workspace`?'],
    ['a flag that does not exist', ['whoami', '--tennant', 'x'], 'did you mean --tenant?'],
    ['a value that is not allowed', ['whoami', '-o', 'xml'], 'json'],
    ['a tenant that is none', ['whoami', '--tenant', '../common'], 'AML_CONFIG_INVALID'],
    ['a cloud that does not exist', ['whoami', '--cloud', 'Mars'], 'AzureUSGovernment'],
    ['a secret file that does not exist', ['whoami', '--client-secret-file', 'no-such-file'], 'no-such-file'],
    ['a path for a workspace', ['workspace', 'show', 'a/../b'], 'AML_CONFIG_INVALID'],
  ])('is 2 for %s', async (_what, args, hint) => {
    const { code, stdout, stderr } = await amlAuth(args, { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
  });

  it('is 4 where nobody is configured, naming what is missing', async () => {
    const { code, stderr } = await amlAuth(['whoami'], { env: { AZURE_TENANT_ID: 'contoso.com' } });
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^error AML_NOT_CONFIGURED: .*AZURE_CLIENT_ID.*AZURE_CLIENT_SECRET.* are not set\.\n {2}next: /,
    );
    expect(stderr).not.toContain('AZURE_TENANT_ID');
  });

  it('is 4 for a wrong secret, with the remedy and without the secret', async () => {
    const secret = 'Wr0ng~secret-value';
    const wrong = { ...env, AZURE_CLIENT_SECRET: secret };
    const { code, stdout, stderr } = await amlAuth(['token', '-o', 'json'], { env: wrong });
    expect([code, stdout]).toEqual([4, '']);
    expect(JSON.parse(stderr)).toMatchObject({
      error: {
        code: 'AML_CREDENTIAL_REJECTED',
        aadsts: 7000215,
        remedy: expect.stringContaining('az ad app credential reset') as string,
        correlation: { correlationId: expect.any(String) as string },
      },
    });
    expect(stderr).not.toContain(secret);
  });

  it('is 5 where the role is missing', async () => {
    const args = ['workspace', 'show', 'ws1', '--resource-group', 'rg-ml2'];
    const { code, stderr } = await amlAuth(args, { env });
    expect(code).toBe(5);
    expect(stderr).toContain('error AML_FORBIDDEN (AuthorizationFailed)');
  });

  it('is 6 where there is no such workspace', async () => {
    const { code, stderr } = await amlAuth(['workspace', 'show', 'nothing'], {
      env: emulator.env('auditor'),
    });
    expect(code).toBe(6);
    expect(stderr).toContain('error AML_NOT_FOUND (ResourceNotFound)');
  });

  it('is 7 where the cloud cannot be reached', async () => {
    const port = await listen();
    await port.close();
    const gone = { ...env, ARM_CLOUD_METADATA_URL: `${port.url}/metadata/endpoints` };
    const { code, stderr } = await amlAuth(['whoami'], { env: gone });
    expect(code).toBe(7);
    expect(stderr).toContain('nothing listens on that port');
  });

  it('is 1 where a service answers something else', async () => {
    const odd = { ...env, ARM_CLOUD_METADATA_URL: `${emulator.origin}/common/discovery/v2.0/keys` };
    const { code, stderr } = await amlAuth(['whoami'], { env: odd });
    expect([code, stderr.split(':')[0]]).toEqual([1, 'error AML_RESPONSE_INVALID']);
  });

  it('is 8 where a file of this machine is broken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'accounts.json'), '{', { mode: 0o600 });
    const { code, stderr } = await amlAuth(['account', 'list'], { env: { AML_AUTH_CONFIG_DIR: folder } });
    expect([code, stderr]).toEqual([8, expect.stringContaining(join(folder, 'accounts.json'))]);
  });

  it('is 130 after Ctrl-C', async () => {
    const silent = await listen();
    const child = start(['whoami'], { env: { ...env, ARM_CLOUD_METADATA_URL: `${silent.url}/metadata` } });
    await silent.connected;
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    await silent.close();
  });
});

/** A port that takes connections and never answers. */
async function listen() {
  const server = createServer((socket) => void socket.on('error', () => undefined).resume());
  const connected = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connected,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
