import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { demoSeed } from '@aml-auth/emulator';
import { decodeJwt, type JWTPayload } from 'jose';
import { describe, expect, test } from 'vitest';

import { withEmulator } from '../support/with-emulator.js';

const run = promisify(execFile);
const ARM = 'https://management.azure.com';
const [contoso, ...others] = demoSeed.tenants;

/** The proxy has a page size, so that clients follow next links, and lets nothing leave this machine. */
const emulated = withEmulator({
  proxy: true,
  pageSize: 2,
  seed: {
    ...demoSeed,
    operations: { duration: '0s' },
    tenants: [
      { ...contoso!, apps: [...(contoso?.apps ?? []), { name: 'job', certificates: ['generate'] }] },
      ...others,
    ],
  },
});

interface Output {
  readonly token?: string;
  readonly error?: string;
  readonly [name: string]: unknown;
}

/** Runs a program with the environment of the proxy and nothing else. */
async function program(name: string, args: readonly string[] = [], app = 'trainer'): Promise<Output> {
  const path = fileURLToPath(new URL(`programs/${name}.mjs`, import.meta.url));
  const { stdout } = await run(process.execPath, [path, ...args], {
    env: { PATH: process.env['PATH'], ...emulated().env(app) },
    timeout: 60_000,
  });
  return JSON.parse(stdout) as Output;
}

function claims(output: Output): JWTPayload {
  if (output.token === undefined) throw new Error(output.error);
  return decodeJwt(output.token);
}

describe('@azure/identity, with its default authority', () => {
  test.each(['environment', 'default', 'other-name'])('signs in (%s)', async (kind) => {
    const output = await program('azure-identity', [kind, `${ARM}/.default`]);
    expect(claims(output)).toMatchObject({
      aud: ARM,
      appid: emulated().app('trainer').clientId,
      iss: `https://sts.windows.net/${emulated().tenant().id}/`,
    });
  });

  test('signs in with a certificate: its assertion is meant for the authority of Azure', async () => {
    const { AZURE_CLIENT_CERTIFICATE_PATH: path = '' } = emulated().env('job');
    const output = await program('azure-identity', ['certificate', `${ARM}/.default`, path], 'job');
    expect(claims(output)).toMatchObject({ appid: emulated().app('job').clientId, appidacr: '2' });
  });

  test('as ManagedIdentityCredential asks 169.254.169.254', async () => {
    const path = fileURLToPath(new URL('../clients/managed-identity.mjs', import.meta.url));
    const { AZURE_CLIENT_ID: _, ...env } = emulated().env();
    const { stdout } = await run(process.execPath, [path, `${ARM}/.default`], {
      env: { PATH: process.env['PATH'], ...env },
    });
    const [identity] = emulated().host('vm').identities;
    expect(claims(JSON.parse(stdout) as Output)).toMatchObject({ oid: identity?.principalId });
  });
});

describe('@azure/msal-node', () => {
  test('checks the authority with instance discovery, and signs in', async () => {
    expect(claims(await program('msal-node', ['https://ml.azure.com/.default']))).toMatchObject({
      aud: 'https://ml.azure.com',
    });
  });

  test('signs in at the token service of a region', async () => {
    const before = emulated().requests.length;
    expect(claims(await program('msal-node', [`${ARM}/.default`, 'westeurope']))).toMatchObject({ aud: ARM });
    const hosts = emulated()
      .requests.slice(before)
      .map(({ host }) => host);
    expect(hosts).toContain('westeurope.login.microsoft.com:443');
  });
});

test('adal-node validates the authority and signs in, over requests in absolute form', async () => {
  const resource = 'https://management.core.windows.net/';
  expect(claims(await program('adal-node', [resource]))).toMatchObject({ aud: resource });
});

test('@azure/arm-authorization lists assignments at its own endpoint, page by page', async () => {
  const { principals } = await program('arm-authorization', [], 'platform-admin');
  expect(principals).toContain(emulated().app('trainer').objectId);
  expect((principals as string[]).length).toBeGreaterThan(2);
});

test('@azure/arm-resources lists resource groups at its own endpoint', async () => {
  const { names } = await program('arm-resources', [], 'platform-admin');
  expect(names).toEqual(['rg-ml', 'rg-ml2']);
});

test('@azure/arm-machinelearning makes an online endpoint, which answers at its host in Azure', async () => {
  expect(await program('arm-machinelearning', [], 'platform-admin')).toEqual({
    scoringUri: 'https://churn.westeurope.inference.ml.azure.com/score',
    status: 200,
    body: { data: [1] },
    discoveryUrl: 'https://westeurope.api.azureml.ms/discovery',
    api: 'https://westeurope.api.azureml.ms',
  });
});

test('the Microsoft Graph client reads users at its own endpoint, page by page', async () => {
  const { users } = await program('graph-client', [], 'platform-admin');
  expect(users).toEqual(['alice@contoso.onmicrosoft.com', 'bob@contoso.onmicrosoft.com']);
});

const hasCurl = spawnSync('curl', ['--version']).status === 0;
describe.skipIf(!hasCurl)(`curl${hasCurl ? '' : ' (skipped: curl is not installed)'}`, () => {
  const curl = (...args: string[]) =>
    run('curl', ['--silent', '--show-error', ...args], {
      env: { PATH: process.env['PATH'], ...emulated().env('auditor') },
    });

  test('signs in and reads, at the addresses of Azure', async () => {
    const { tenantId, clientId, secret } = emulated().app('auditor');
    const { stdout } = await curl(
      ...['--user', `${clientId}:${secret}`, '--data', 'grant_type=client_credentials'],
      ...['--data-urlencode', `scope=${ARM}/.default`],
      `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`,
    );
    const { access_token: token } = JSON.parse(stdout) as { access_token: string };
    const url = `${ARM}${emulated().workspace().id}?api-version=2024-10-01`;
    const answer = await curl('--header', `Authorization: Bearer ${token}`, url);
    expect(JSON.parse(answer.stdout)).toMatchObject({ name: 'ws1' });
  });

  test('gets a token from the Instance Metadata Service', async () => {
    const url = `http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${ARM}/`;
    const { stdout } = await curl('--header', 'Metadata: true', url);
    expect(JSON.parse(stdout)).toMatchObject({ token_type: 'Bearer', resource: `${ARM}/` });
  });

  test('is told with 502 that another host is not there', async () => {
    const { stdout } = await curl('--write-out', '%{http_code}', 'http://example.org/');
    expect(stdout).toMatch(/does not connect to example\.org:80: .*\n502$/);
    await expect(curl('https://example.org/')).rejects.toMatchObject({
      stderr: expect.stringMatching(/502/) as string,
    });
  });
});
