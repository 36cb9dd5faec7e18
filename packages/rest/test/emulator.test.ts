import { fromClientSecret } from '@aml-auth/credentials';
import { demoSeed, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { armPath, createArmClient, parseWorkspaceId, type ArmClient } from '@aml-auth/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from './loopback-arm.js';

let emulator: Emulator;

function clientOf(appName?: string): ArmClient {
  const env = emulator.env(appName);
  const credential = fromClientSecret({
    tenantId: env['AZURE_TENANT_ID'] ?? '',
    clientId: env['AZURE_CLIENT_ID'] ?? '',
    clientSecret: env['AZURE_CLIENT_SECRET'] ?? '',
    cloud: emulator.cloud,
  });
  return createArmClient({ credential, cloud: emulator.cloud });
}

beforeAll(async () => {
  emulator = await startEmulator({
    pageSize: 1,
    seed: {
      ...demoSeed,
      subscriptions: [
        {
          name: 'dev',
          tenant: 'contoso',
          resourceGroups: [
            { name: 'rg-ml', location: 'westeurope', workspaces: [{ name: 'ws1' }, { name: 'ws2' }] },
            { name: 'rg-ml2', location: 'westeurope', workspaces: [{ name: 'ws3' }] },
          ],
        },
      ],
    },
  });
});

afterAll(() => emulator.close());

// The first test needs a process that does not trust the emulator yet.
describe('against the emulator, over TLS', () => {
  it('does not repeat a request to a host whose certificate is not trusted, and names the setting', async () => {
    const credential = fromClientSecret({
      tenantId: emulator.tenant().id,
      clientId: emulator.env()['AZURE_CLIENT_ID'] ?? '',
      clientSecret: emulator.env()['AZURE_CLIENT_SECRET'] ?? '',
      cloud: emulator.cloud,
      fetch: emulator.fetch,
    });
    const retries: unknown[] = [];
    const note = (event: { event: string }): void => {
      if (event.event === 'arm.retry') retries.push(event);
    };
    const client = createArmClient({
      credential,
      cloud: emulator.cloud,
      logger: { debug: note, info: note, warn: note, error: note },
    });
    await expect(collect(client.subscriptions.list())).rejects.toMatchObject({
      code: 'AML_NETWORK',
      remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
    });
    expect(retries).toEqual([]);
    trustEmulator(emulator);
  });

  it('finds the subscriptions, and their workspaces over several pages', async () => {
    const client = clientOf('platform-admin');
    const subscriptions = await collect(client.subscriptions.list());
    expect(subscriptions.map(({ subscriptionId }) => subscriptionId)).toContain(emulator.subscription().id);

    const { subscriptionId } = emulator.workspace();
    const namesIn = async (resourceGroup?: string): Promise<string[]> => {
      const found = await collect(client.workspaces.list({ subscriptionId, resourceGroup }));
      return found.map(({ name }) => name).sort();
    };
    expect(await namesIn()).toEqual(['ws1', 'ws2', 'ws3']);
    expect(await namesIn('rg-ml')).toEqual(['ws1', 'ws2']);
  });

  it('gets one workspace by the names in its id', async () => {
    const ref = parseWorkspaceId(emulator.workspace().id);
    const workspace = await clientOf('platform-admin').workspaces.get(ref);
    expect(workspace).toMatchObject({ id: emulator.workspace().id, name: emulator.workspace().name });
  });

  it('names the action and the scope that a role is missing for', async () => {
    const { id } = emulator.workspace();
    const assignment = armPath`/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`;
    const { objectId } = emulator.app('trainer');
    const request = clientOf('trainer').request({
      method: 'PUT',
      path: id + assignment,
      apiVersion: '2022-04-01',
      body: {
        properties: {
          principalId: objectId,
          principalType: 'ServicePrincipal',
          roleDefinitionId: `/subscriptions/${emulator.subscription().id}/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635`,
        },
      },
    });
    await expect(request).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      armCode: 'AuthorizationFailed',
      remedy: expect.stringContaining(`Microsoft.Authorization/roleAssignments/write at ${id}`) as string,
    });
  });

  it('goes on with one new token after a revocation, however many requests were refused', async () => {
    const client = clientOf('platform-admin');
    const ref = parseWorkspaceId(emulator.workspace().id);
    await client.workspaces.get(ref);
    emulator.revoke('platform-admin');
    const before = emulator.requests.length;
    const replies = await Promise.all(Array.from({ length: 20 }, () => client.workspaces.get(ref)));
    expect(replies).toHaveLength(20);
    const since = emulator.requests.slice(before);
    expect(since.filter(({ status }) => status === 401).length).toBeGreaterThan(0);
    expect(since.filter(({ path }) => path.includes('/oauth2/v2.0/token'))).toHaveLength(1);
  });

  it('tells that a workspace does not exist, with the ids for support', async () => {
    const { subscriptionId, resourceGroup } = emulator.workspace();
    const ref = { subscriptionId, resourceGroup, workspaceName: 'not-there' };
    await expect(clientOf('platform-admin').workspaces.get(ref)).rejects.toMatchObject({
      code: 'AML_NOT_FOUND',
      status: 404,
      correlation: {
        requestId: expect.any(String) as string,
        clientRequestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      },
    });
  });
});
