import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fromAzurePipelines,
  fromClientAssertion,
  fromGitHubActions,
  fromWorkloadIdentity,
} from '@aml-auth/credentials';
import { createExternalIssuer, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAssertionServer, type AssertionServer } from './support/assertion-server.js';

const ARM = 'https://management.azure.com/.default';
const ISSUER = 'https://token.actions.githubusercontent.com';
const SUBJECT = 'repo:contoso/train:ref:refs/heads/main';

let emulator: Emulator;
let sign: (claims?: { sub?: string; aud?: string }) => Promise<string>;
beforeAll(async () => {
  const issuer = await createExternalIssuer({ issuer: ISSUER });
  sign = ({ sub = SUBJECT, aud = 'api://AzureADTokenExchange' } = {}) => issuer.sign({ sub, aud });
  emulator = await startEmulator({
    seed: {
      tenants: [
        { name: 'contoso', apps: [{ name: 'job', federated: [{ issuer: ISSUER, subject: SUBJECT }] }] },
      ],
      issuers: [{ issuer: ISSUER, keys: issuer.jwks }],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

function settings() {
  const { tenantId, clientId } = emulator.app('job');
  return { tenantId, clientId, cloud: emulator.cloud };
}

describe('fromClientAssertion', () => {
  it('asks for an assertion only when a token must be fetched, and once', async () => {
    let asked = 0;
    const credential = fromClientAssertion({
      ...settings(),
      getAssertion: () => {
        asked += 1;
        return sign();
      },
    });
    await Promise.all([credential.getToken(ARM), credential.getToken(ARM), credential.getToken(ARM)]);
    await credential.getToken(ARM);
    expect(asked).toBe(1);
  });

  it('explains an assertion that is not trusted', async () => {
    const credential = fromClientAssertion({
      ...settings(),
      getAssertion: () => sign({ sub: 'repo:other/x' }),
    });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      aadsts: 700213,
      remedy: expect.stringContaining('federated-credential list') as string,
    });
  });

  it('hands on what the callback throws, and names what is no assertion', async () => {
    const failing = fromClientAssertion({
      ...settings(),
      getAssertion: () => Promise.reject(new Error('vault is down')),
    });
    await expect(failing.getToken(ARM)).rejects.toThrow('vault is down');
    const empty = fromClientAssertion({ ...settings(), getAssertion: () => '' });
    await expect(empty.getToken(ARM)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });
});

describe('fromWorkloadIdentity', () => {
  it('signs in with the projected file, read anew for each exchange', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
    const file = join(folder, 'token');
    const { tenantId, clientId, cloud } = settings();
    const env = { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_FEDERATED_TOKEN_FILE: file };
    const credential = fromWorkloadIdentity({ env, cloud });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      disposition: 'skip',
    });
    await writeFile(file, await sign());
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
    expect(credential.describe()).toMatchObject({ method: 'workloadIdentity', clientId });
    await rm(folder, { recursive: true });
  });

  it('shows the file only to the cloud that the variables name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
    const path = join(folder, 'token');
    await writeFile(path, await sign());
    const { tenantId, clientId } = settings();
    const env = {
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientId,
      AZURE_FEDERATED_TOKEN_FILE: path,
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us/',
    };
    const hosts: string[] = [];
    const fetch: typeof globalThis.fetch = (input) => {
      hosts.push(new URL(input instanceof Request ? input.url : input).host);
      return Promise.resolve(Response.json({ token_type: 'Bearer', access_token: 't', expires_in: 60 }));
    };
    await fromWorkloadIdentity({ env, fetch }).getToken(ARM);
    expect(hosts).toEqual(['login.microsoftonline.us']);
    await rm(folder, { recursive: true });
  });

  it('lets a chain go on where it is not configured, naming what is missing', async () => {
    const credential = fromWorkloadIdentity({ env: { AZURE_TENANT_ID: 'contoso.com', AZURE_CLIENT_ID: '' } });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
      disposition: 'skip',
      message: 'AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE are not set.',
    });
    expect(credential.describe()).toEqual({ method: 'workloadIdentity' });
  });
});

describe('the token services of CI systems', () => {
  let service: AssertionServer;
  beforeEach(async () => {
    service = await startAssertionServer();
  });
  afterEach(() => service.close());

  const github = (env: Record<string, string> = {}) =>
    fromGitHubActions({
      ...settings(),
      env: {
        ACTIONS_ID_TOKEN_REQUEST_URL: `${service.origin}/token?api-version=2.0&x=%2F`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-secret',
        ...env,
      },
    });

  it('GitHub Actions: asks once with the job token and the audience', async () => {
    service.answer = { status: 200, body: JSON.stringify({ value: await sign() }) };
    const credential = github();
    for (let call = 0; call < 5; call += 1) await credential.getToken(ARM);
    expect(service.requests).toMatchObject([
      {
        method: 'GET',
        url: '/token?api-version=2.0&x=%2F&audience=api%3A%2F%2FAzureADTokenExchange',
        headers: { authorization: 'bearer job-secret' },
      },
    ]);
  });

  it('GitHub Actions: asks for the audience that the federated credential names', async () => {
    service.answer = { status: 200, body: JSON.stringify({ value: await sign() }) };
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${service.origin}/token`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-secret',
    };
    await fromGitHubActions({ ...settings(), audience: 'api://of our own', env }).getToken(ARM);
    expect(service.requests).toMatchObject([{ url: '/token?audience=api%3A%2F%2Fof+our+own' }]);
  });

  it('Azure Pipelines: takes the token of the step from the option before the variable', async () => {
    service.answer = { status: 200, body: JSON.stringify({ oidcToken: await sign() }) };
    const env = { SYSTEM_OIDCREQUESTURI: `${service.origin}/oidc`, SYSTEM_ACCESSTOKEN: 'not this one' };
    const connection = { serviceConnectionId: 'sc-1', systemAccessToken: 'step-secret' };
    await fromAzurePipelines({ ...settings(), ...connection, env }).getToken(ARM);
    expect(service.requests).toMatchObject([{ headers: { authorization: 'Bearer step-secret' } }]);
  });

  it('Azure Pipelines: asks for the service connection', async () => {
    service.answer = { status: 200, body: JSON.stringify({ oidcToken: await sign() }) };
    const credential = fromAzurePipelines({
      ...settings(),
      serviceConnectionId: 'sc-1',
      env: { SYSTEM_OIDCREQUESTURI: `${service.origin}/oidc`, SYSTEM_ACCESSTOKEN: 'step-secret' },
    });
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
    expect(service.requests).toMatchObject([
      {
        method: 'POST',
        url: '/oidc?api-version=7.1&serviceConnectionId=sc-1',
        headers: { authorization: 'Bearer step-secret', 'x-tfs-fedauthredirect': 'Suppress' },
      },
    ]);
  });

  it('Azure Pipelines: finds the service connection of a task in its variables', async () => {
    service.answer = { status: 200, body: JSON.stringify({ oidcToken: await sign() }) };
    const { tenantId, clientId, ...rest } = settings();
    const env = {
      SYSTEM_OIDCREQUESTURI: `${service.origin}/oidc`,
      SYSTEM_ACCESSTOKEN: 'step-secret',
      AZURESUBSCRIPTION_TENANT_ID: tenantId,
      AZURESUBSCRIPTION_CLIENT_ID: 'not this one',
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: 'sc-2',
    };
    const credential = fromAzurePipelines({ ...rest, clientId, env });
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
    expect(credential.describe()).toMatchObject({ tenantId, clientId });
    expect(service.requests).toMatchObject([{ url: '/oidc?api-version=7.1&serviceConnectionId=sc-2' }]);

    const outside = fromAzurePipelines({ ...rest, env: { AZURESUBSCRIPTION_CLIENT_ID: clientId } });
    await expect(outside.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
      disposition: 'skip',
      message: 'AZURESUBSCRIPTION_TENANT_ID, AZURESUBSCRIPTION_SERVICE_CONNECTION_ID are not set.',
    });
  });

  it('names the permission that a job lacks', async () => {
    const missing = github({ ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' });
    await expect(missing.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
      message: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set.',
      remedy: 'Give the job the permission "id-token: write".',
    });
    service.answer = { status: 403, body: 'no' };
    await expect(github().getToken(ARM)).rejects.toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      status: 403,
    });
  });

  it.each(['http://ci.example/token', 'ftp://ci.example', 'nonsense'])(
    'sends the job token not to %s',
    async (url) => {
      const call = github({ ACTIONS_ID_TOKEN_REQUEST_URL: url }).getToken(ARM);
      await expect(call).rejects.toMatchObject({
        code: 'AML_CONFIG_INVALID',
        remedy: expect.stringContaining('Nothing was sent') as string,
      });
    },
  );

  it.each(['', 'not json', '{}', '{"value":5}', '{"value":"<html>"}'])(
    'names the answer %j as no assertion',
    async (body) => {
      service.answer = { status: 200, body };
      await expect(github().getToken(ARM)).rejects.toMatchObject({
        code: 'AML_CONFIG_INVALID',
        message: expect.stringMatching(/^The assertion from GitHub Actions /) as string,
      });
    },
  );
});
