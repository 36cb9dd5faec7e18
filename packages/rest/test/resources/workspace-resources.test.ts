import { inspect } from 'node:util';
import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { parseWorkspaceId, type Secret, type WorkspaceResources } from '@aml-auth/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatedClient } from '../emulated-client.js';
import { collect } from '../loopback-arm.js';

let emulator: Emulator;
let workspace: WorkspaceResources;

beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      ...demoSeed,
      subscriptions: [
        {
          name: 'dev',
          tenant: 'contoso',
          resourceGroups: [
            {
              name: 'rg-ml',
              location: 'westeurope',
              identities: [{ name: 'id-cluster' }],
              workspaces: [
                {
                  name: 'ws1',
                  computes: [{ name: 'cpu', kind: 'AmlCompute', identity: 'id-cluster' }],
                  datastores: [
                    { name: 'raw', account: 'rawdata', container: 'images', accountKey: 'key-for-tests' },
                  ],
                  endpoints: [{ name: 'scoring', auth: 'key' }],
                  jobs: [{ name: 'train-1', status: 'Running', compute: 'cpu' }],
                },
              ],
            },
            { name: 'rg-ml2', location: 'westeurope' },
          ],
        },
      ],
    },
  });
  workspace = emulatedClient(emulator).workspace(parseWorkspaceId(emulator.workspace('ws1').id));
});

afterAll(() => emulator.close());

describe('the resources of a workspace', () => {
  it.each([
    ['computes', 'cpu'],
    ['jobs', 'train-1'],
    ['datastores', 'raw'],
    ['onlineEndpoints', 'scoring'],
  ] as const)('lists and gets %s', async (type, name) => {
    const found = await collect(workspace[type].list());
    expect(found.map((one) => one.name)).toContain(name);
    await expect(workspace[type].get(name)).resolves.toMatchObject({ name, properties: {} });
  });

  it('give secrets that do not print', async () => {
    const secrets = await workspace.datastores.actions.listSecrets('raw');
    expect(JSON.stringify(secrets) + inspect(secrets, { depth: 9 })).not.toContain('key-for-tests');
    expect(((secrets as Record<string, unknown>)['key'] as Secret).reveal()).toBe('key-for-tests');
    const keys = await workspace.onlineEndpoints.actions.listKeys('scoring');
    expect(JSON.stringify(keys)).toBe('{"primaryKey":"[redacted]","secondaryKey":"[redacted]"}');
  });

  it('are not deleted without what Azure wants to know, and nothing is sent', async () => {
    const before = emulator.requests.length;
    await expect(workspace.computes.delete('cpu')).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining('underlyingResourceAction') as string,
    });
    expect(emulator.requests).toHaveLength(before);
  });

  it('are written and read back, with what the service adds', async () => {
    const properties = { modelUri: 'azureml://jobs/train-1/outputs/model', modelType: 'custom_model' };
    await expect(workspace.models.versions('churn').put('1', { properties })).resolves.toMatchObject({
      name: '1',
      properties,
    });
    const versions = await collect(workspace.models.versions('churn').list());
    expect(versions.map(({ properties: { modelUri } }) => modelUri)).toEqual([properties.modelUri]);
    await expect(workspace.models.versions('churn').delete('1')).resolves.toBeUndefined();
  });

  it('are deleted by an operation', async () => {
    const query = { underlyingResourceAction: 'Delete' };
    const operation = await workspace.computes.delete('cpu', { query });
    await operation.result();
    await expect(workspace.computes.get('cpu')).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
  });

  it('have names that are checked', async () => {
    await expect(workspace.jobs.get('../x')).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });
});
