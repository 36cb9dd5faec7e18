import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential } from '@aml-auth/core';
import {
  fromAzurePipelines,
  fromEnvironment,
  fromGitHubActions,
  fromSdkAuthFile,
  fromWorkloadIdentity,
} from '@aml-auth/credentials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';
const OWN = '11111111-1111-1111-1111-111111111111';
const OTHER = '22222222-2222-2222-2222-222222222222';
const CLIENT = '33333333-3333-3333-3333-333333333333';
const ASSERTION = 'e30.e30.c2ln';

let folder: string;
let tokenFile: string;
let sdkAuthFile: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  tokenFile = join(folder, 'token');
  sdkAuthFile = join(folder, 'auth.json');
  await writeFile(tokenFile, ASSERTION);
  const auth = { clientId: CLIENT, clientSecret: 'S3cret', tenantId: OWN, subscriptionId: CLIENT };
  await writeFile(sdkAuthFile, JSON.stringify(auth), { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

/** What every method takes here. */
interface Common {
  readonly fetch: typeof fetch;
  readonly additionallyAllowedTenants?: readonly string[];
}

const app = { tenantId: OWN, clientId: CLIENT };
const methods: readonly (readonly [string, (common: Common) => Credential])[] = [
  [
    'fromWorkloadIdentity',
    (common) => fromWorkloadIdentity({ ...common, ...app, tokenFilePath: tokenFile, env: {} }),
  ],
  ['fromSdkAuthFile', (common) => fromSdkAuthFile({ ...common, path: sdkAuthFile, env: {} })],
  [
    'fromEnvironment',
    (common) =>
      fromEnvironment({
        ...common,
        env: { AZURE_TENANT_ID: OWN, AZURE_CLIENT_ID: CLIENT, AZURE_CLIENT_SECRET: 'S3cret' },
      }),
  ],
  [
    'fromGitHubActions',
    (common) =>
      fromGitHubActions({
        ...common,
        ...app,
        env: {
          ACTIONS_ID_TOKEN_REQUEST_URL: 'https://jobs.example/',
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'S3cret',
        },
      }),
  ],
  [
    'fromAzurePipelines',
    (common) =>
      fromAzurePipelines({
        ...common,
        ...app,
        serviceConnectionId: 'sc-1',
        env: { SYSTEM_OIDCREQUESTURI: 'https://jobs.example/', SYSTEM_ACCESSTOKEN: 'S3cret' },
      }),
  ],
];

/** Gives the tokens of jobs, and those of Microsoft Entra ID; notes which tenants are asked. */
function service(): { readonly fetch: typeof fetch; readonly tenants: string[] } {
  const tenants: string[] = [];
  return {
    tenants,
    fetch: (input) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.host === 'jobs.example') {
        return Promise.resolve(Response.json({ value: ASSERTION, oidcToken: ASSERTION }));
      }
      tenants.push(url.pathname.split('/')[1] ?? '');
      return Promise.resolve(Response.json({ token_type: 'Bearer', access_token: 't', expires_in: 3600 }));
    },
  };
}

describe.each(methods)('%s, asked for a token of another tenant', (_name, make) => {
  it('refuses before a request, and names the option', async () => {
    const { fetch, tenants } = service();
    await expect(make({ fetch }).getToken(ARM, { tenantId: OTHER })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      remedy: expect.stringContaining('additionallyAllowedTenants') as string,
    });
    expect(tenants).toEqual([]);
  });

  it.each([[[OTHER]], [['*']]])('signs in there with %j allowed', async (additionallyAllowedTenants) => {
    const { fetch, tenants } = service();
    await make({ fetch, additionallyAllowedTenants }).getToken(ARM, { tenantId: OTHER });
    expect(tenants).toEqual([OTHER]);
  });
});
