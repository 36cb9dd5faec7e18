import { fromAzureMLOnBehalfOf } from '@aml-auth/credentials';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [{ name: 'contoso', users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }] }],
      subscriptions: [
        {
          name: 'dev',
          resourceGroups: [
            {
              name: 'rg',
              location: 'westeurope',
              workspaces: [{ name: 'ws1', computes: [{ name: 'cpu' }] }],
            },
          ],
        },
      ],
      hosts: [{ kind: 'aml-compute', as: 'cpu', onBehalfOf: 'alice@contoso' }],
    },
  });
});
afterAll(() => emulator.close());

describe('fromAzureMLOnBehalfOf', () => {
  it('acts as the user who submitted the job', async () => {
    const { env } = emulator.host('cpu');
    const { token } = await fromAzureMLOnBehalfOf({ env }).getToken(ARM);
    expect(decodeJwt(token)).toMatchObject({ idtyp: 'user', oid: emulator.user('alice@contoso').id });
  });

  it('lets a chain go on outside a job', async () => {
    await expect(fromAzureMLOnBehalfOf({ env: {} }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
      disposition: 'skip',
      message: 'OBO_ENDPOINT is not set.',
    });
  });

  it('asks no other machine, and for no other tenant', async () => {
    const env = { OBO_ENDPOINT: 'http://evil.example/OBO/token' };
    await expect(fromAzureMLOnBehalfOf({ env }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_UNTRUSTED_HOST',
    });
    const job = fromAzureMLOnBehalfOf({ env: emulator.host('cpu').env });
    await expect(job.getToken(ARM, { tenantId: 'fabrikam.com' })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });
});
