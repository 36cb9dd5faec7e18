import { chain } from '@aml-auth/core';
import { fromEnvironment } from '@aml-auth/credentials';
import { createExternalIssuer, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAssertionServer } from '../support/assertion-server.js';
import { readPrincipal } from '../../src/environment/read-principal.js';

const ARM = 'https://management.azure.com/.default';
const id = '11111111-1111-4111-8111-111111111111';

describe('readPrincipal', () => {
  it.each([
    [{ AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: id, AZURE_CLIENT_SECRET: 's' }, { clientSecret: 's' }],
    [{ AML_TENANT_ID: 't', AML_PRINCIPAL_ID: id, AML_PRINCIPAL_PASS: 's' }, { clientSecret: 's' }],
    [
      { ARM_TENANT_ID: 't', ARM_CLIENT_ID: id, ARM_CLIENT_SECRET: 's', AZURE_CLIENT_ID: 'x' },
      { clientSecret: 's' },
    ],
    [
      {
        AZURE_TENANT_ID: 't',
        AZURE_CLIENT_ID: id,
        AZURE_CLIENT_SECRET: '',
        AZURE_CLIENT_CERTIFICATE_PATH: '/c.pem',
        AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: 'True',
      },
      { certificatePath: '/c.pem', sendCertificateChain: true },
    ],
    [
      {
        ARM_TENANT_ID: 't',
        ARM_CLIENT_ID: id,
        ARM_CLIENT_CERTIFICATE_PATH: '/c.pem',
        ARM_CLIENT_CERTIFICATE_PASSWORD: 'p',
      },
      { certificatePath: '/c.pem', certificatePassword: 'p', sendCertificateChain: false },
    ],
  ])('reads %j', (env, proof) => {
    expect(readPrincipal(env)).toEqual({ tenantId: 't', clientId: id, proof });
  });

  const terraform = { ARM_TENANT_ID: 't', ARM_CLIENT_ID: id };
  it.each([
    [{ ARM_OIDC_TOKEN: 'jwt', ARM_OIDC_TOKEN_FILE_PATH: '/f' }, { variable: 'ARM_OIDC_TOKEN' }],
    [{ ARM_OIDC_TOKEN: '', ARM_OIDC_TOKEN_FILE_PATH: '/f' }, { file: '/f' }],
    [
      { ARM_OIDC_REQUEST_URL: 'https://jobs.test/t?api=2', ARM_OIDC_REQUEST_TOKEN: 'r' },
      {
        url: 'https://jobs.test/t?api=2&audience=api%3A%2F%2FAzureADTokenExchange',
        headers: { authorization: 'Bearer r', accept: 'application/json' },
        field: 'value',
      },
    ],
  ])('reads the token of a job, as Terraform does, from %j', (env, source) => {
    expect(readPrincipal({ ...terraform, ...env }).proof).toEqual({ source });
    expect(readPrincipal({ ...terraform, ...env, ARM_CLIENT_SECRET: 's' }).proof).toEqual({
      clientSecret: 's',
    });
    expect(() => readPrincipal({ ...env, ARM_CLIENT_ID: id })).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        message: 'The environment has an OIDC token, and ARM_TENANT_ID is not set.',
      }),
    );
  });

  it('reads the other tenants that are allowed', () => {
    const env = { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: id, AZURE_CLIENT_SECRET: 's' };
    const allowed = (list: string) =>
      readPrincipal({ ...env, AZURE_ADDITIONALLY_ALLOWED_TENANTS: list }).additionallyAllowedTenants;
    expect(allowed('a.example; b.example;')).toEqual(['a.example', 'b.example']);
    expect(allowed('*')).toEqual(['*']);
    expect(allowed(' ')).toBeUndefined();
  });

  it.each([
    {},
    { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: id },
    { AZURE_CLIENT_SECRET: '' },
    { ...terraform, ARM_OIDC_REQUEST_URL: 'https://jobs.test/t' },
  ])('finds nobody in %j', (env) => {
    expect(() => readPrincipal(env)).toThrow(
      expect.objectContaining({ code: 'AML_NOT_CONFIGURED', disposition: 'skip' }),
    );
  });

  it('names the ids that a secret lacks, and stops', () => {
    expect(() => readPrincipal({ AZURE_CLIENT_SECRET: 'S3cret', AZURE_CLIENT_ID: id })).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        disposition: 'stop',
        message: 'The environment has a secret or certificate, and AZURE_TENANT_ID is not set.',
      }),
    );
  });
});

describe('fromEnvironment', () => {
  const ISSUER = 'https://jobs.example';
  let emulator: Emulator;
  let sign: () => Promise<string>;
  beforeAll(async () => {
    const issuer = await createExternalIssuer({ issuer: ISSUER });
    sign = () => issuer.sign({ sub: 'job-1', aud: 'api://AzureADTokenExchange' });
    emulator = await startEmulator({
      seed: {
        tenants: [
          {
            name: 'contoso',
            apps: [
              { name: 'job', secrets: [{ value: 'job-secret' }] },
              { name: 'signer', certificates: ['generate'] },
              { name: 'deployer', federated: [{ issuer: ISSUER, subject: 'job-1' }] },
            ],
          },
          { name: 'fabrikam', apps: [{ name: 'other' }] },
        ],
        issuers: [{ issuer: ISSUER, keys: issuer.jwks }],
      },
    });
    trustEmulator(emulator);
  });
  afterAll(() => emulator.close());

  it.each(['job', 'signer'])(
    'signs in with the variables that a child process of the emulator gets (%s)',
    async (app) => {
      const { cloud } = emulator;
      const credential = fromEnvironment({ env: emulator.env(app), cloud });
      expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
      expect(credential.describe()).toMatchObject({ clientId: emulator.app(app).clientId });
    },
  );

  it('signs in with the token of a job, which is asked for with each token', async () => {
    const { tenantId, clientId } = emulator.app('deployer');
    const server = await startAssertionServer();
    const ids = { ARM_TENANT_ID: tenantId, ARM_CLIENT_ID: clientId };
    const { cloud } = emulator;
    server.answer = { status: 200, body: JSON.stringify({ value: await sign() }) };
    const service = { ARM_OIDC_REQUEST_URL: `${server.origin}/token`, ARM_OIDC_REQUEST_TOKEN: 'for-the-job' };
    for (const env of [{ ARM_OIDC_TOKEN: await sign() }, service]) {
      const credential = fromEnvironment({ env: { ...ids, ...env }, cloud });
      expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
    }
    expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/token?audience=api%3A%2F%2FAzureADTokenExchange', 'Bearer for-the-job'],
    ]);
    await server.close();
  });

  it('signs in to the cloud that the variables name, and to no other', async () => {
    const hosts: string[] = [];
    const fetch: typeof globalThis.fetch = (input) => {
      hosts.push(new URL(input instanceof Request ? input.url : input).host);
      return Promise.resolve(Response.json({ token_type: 'Bearer', access_token: 't', expires_in: 60 }));
    };
    const principal = { AZURE_TENANT_ID: id, AZURE_CLIENT_ID: id, AZURE_CLIENT_SECRET: 's' };
    const asked = (env: Record<string, string>) =>
      fromEnvironment({ env: { ...principal, ...env }, fetch })
        .getToken(ARM)
        .catch((error: unknown) => error);
    await asked({});
    await asked({ AZURE_AUTHORITY_HOST: 'https://login.chinacloudapi.cn/' });
    await asked({ AZUREML_CURRENT_CLOUD: 'AzureUSGovernment' });
    expect(hosts).toEqual([
      'login.microsoftonline.com',
      'login.chinacloudapi.cn',
      'login.microsoftonline.us',
    ]);
    const foreign = await asked({ AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com.evil.example' });
    expect(foreign).toMatchObject({ code: 'AML_CONFIG_INVALID', disposition: 'stop' });
    expect(hosts).toHaveLength(3);
  });

  it('asks other tenants only where they are allowed', async () => {
    const { cloud } = emulator;
    const { tenantId } = emulator.app('other');
    const asked = (AZURE_ADDITIONALLY_ALLOWED_TENANTS: string) =>
      fromEnvironment({ env: { ...emulator.env('job'), AZURE_ADDITIONALLY_ALLOWED_TENANTS }, cloud })
        .getToken(ARM, { tenantId })
        .catch((error: unknown) => error);
    expect(await asked('')).toMatchObject({ code: 'AML_CONFIG_INVALID' });
    // It is asked, and does not know the application.
    expect(await asked(tenantId)).toMatchObject({ aadsts: 700016 });
  });

  it('lets a chain go on where nothing is set, and finds what is set later', async () => {
    const env: Record<string, string> = {};
    const { cloud } = emulator;
    const credential = fromEnvironment({ env, cloud });
    const both = chain(credential, fromEnvironment({ env: emulator.env('job'), cloud }));
    expect((await both.getToken(ARM)).tokenType).toBe('Bearer');
    Object.assign(env, emulator.env('job'));
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
  });
});
