import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { withEmulator } from '../support/with-emulator.js';

const run = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const emulated = withEmulator();

function curl(...args: string[]): Promise<{ stdout: string }> {
  const { NODE_EXTRA_CA_CERTS: ca = '' } = emulated().env();
  return run('curl', ['--silent', '--show-error', '--noproxy', '*', '--cacert', ca, ...args]);
}

describe.skipIf(!hasCurl)(`curl${hasCurl ? '' : ' (skipped: curl is not installed)'}`, () => {
  test('signs in and reads a workspace with --cacert alone', async () => {
    const {
      AZURE_CLIENT_ID = '',
      AZURE_CLIENT_SECRET = '',
      AZURE_TENANT_ID = '',
    } = emulated().env('trainer');
    const { origin } = emulated();
    const { stdout } = await curl(
      '--data',
      'grant_type=client_credentials',
      '--data-urlencode',
      'scope=https://management.azure.com/.default',
      '--user',
      `${AZURE_CLIENT_ID}:${AZURE_CLIENT_SECRET}`,
      `${origin}/${AZURE_TENANT_ID}/oauth2/v2.0/token`,
    );
    const { access_token: token } = JSON.parse(stdout) as { access_token: string };
    const url = `${origin}/${emulated().workspace().id}?api-version=2024-10-01`;
    const workspace = await curl('--path-as-is', '--header', `Authorization: Bearer ${token}`, url);
    expect(JSON.parse(workspace.stdout)).toMatchObject({ name: 'ws1' });
  });

  test('does not trust the emulator without its authority', async () => {
    await expect(run('curl', ['--silent', '--noproxy', '*', emulated().origin])).rejects.toMatchObject({
      code: 60,
    });
  });

  test('goes through the emulator as its own proxy', async () => {
    const { origin, port, env } = emulated();
    const { stdout } = await run('curl', [
      '--silent',
      '--show-error',
      '--proxy',
      `http://127.0.0.1:${port}`,
      '--noproxy',
      '',
      '--cacert',
      env()['NODE_EXTRA_CA_CERTS'] ?? '',
      `${origin}/metadata/endpoints?api-version=2022-09-01`,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'AmlAuthEmulator' });
  });
});
