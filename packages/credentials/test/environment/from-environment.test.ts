import { chain } from '@aml-auth/core';
import { fromEnvironment } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  it.each([{}, { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: id }, { AZURE_CLIENT_SECRET: '' }])(
    'finds nobody in %j',
    (env) => {
      expect(() => readPrincipal(env)).toThrow(
        expect.objectContaining({ code: 'AML_NOT_CONFIGURED', disposition: 'skip' }),
      );
    },
  );

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
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({
      seed: {
        tenants: [
          {
            name: 'contoso',
            apps: [
              { name: 'job', secrets: [{ value: 'job-secret' }] },
              { name: 'signer', certificates: ['generate'] },
            ],
          },
        ],
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
