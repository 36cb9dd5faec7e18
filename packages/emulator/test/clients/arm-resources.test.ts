import { ResourceManagementClient } from '@azure/arm-resources';
import { manualClock } from '@aml-auth/core/testing';
import { trustEmulator, type Emulator } from '@aml-auth/emulator';
import { beforeAll, describe, expect, test, vi } from 'vitest';

import { links, seedWithDependents } from '../support/dependents.js';
import { collect, sdkSettings } from '../support/sdk-client.js';
import { withEmulator } from '../support/with-emulator.js';

const MACHINES = 'Microsoft.Compute/virtualMachines';

const emulated = withEmulator({
  seed: {
    ...seedWithDependents,
    subscriptions: [{ ...seedWithDependents.subscriptions![0]!, unregistered: ['Microsoft.Compute'] }],
  },
});
const paged = withEmulator({ pageSize: 1, emptyPages: true });
const clock = manualClock(Date.now());
const throttled = withEmulator({
  seed: { ...seedWithDependents, throttling: { reads: { size: 1, perSecond: 1 } } },
  clock,
});

beforeAll(() => {
  for (const start of [emulated, paged, throttled]) trustEmulator(start());
});

function client(app = 'platform-admin', emulator: Emulator = emulated()): ResourceManagementClient {
  const { credential, subscriptionId, options } = sdkSettings(emulator, app);
  return new ResourceManagementClient(credential, subscriptionId, options);
}

const group = (name: string): string =>
  `/subscriptions/${emulated().subscription('dev').id}/resourceGroups/${name}`;

describe('an unmodified client of Azure Resource Manager', () => {
  test('makes, reads, changes and deletes a resource group', async () => {
    const { resourceGroups } = client();
    const made = await resourceGroups.createOrUpdate('new', { location: 'West Europe', tags: { a: 'b' } });
    expect(made).toMatchObject({ id: group('new'), location: 'westeurope', tags: { a: 'b' } });
    expect(await resourceGroups.checkExistence('new')).toEqual({ body: true });
    expect((await resourceGroups.update('new', { tags: { c: 'd' } })).tags).toEqual({ c: 'd' });
    expect((await resourceGroups.get('new')).properties?.provisioningState).toBe('Succeeded');
    await resourceGroups.beginDeleteAndWait('new');
    await expect(resourceGroups.get('new')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceGroupNotFound',
    });
    expect(await resourceGroups.checkExistence('new')).toEqual({ body: false });
  });

  test('lists resource groups and resources by filters', async () => {
    const { resourceGroups, resources } = client('auditor');
    await client().resourceGroups.update('rg-ml2', { tags: { team: 'ml' } });
    const groups = await collect(
      resourceGroups.list({ filter: "tagName eq 'team' and tagValue eq 'ml'", top: 1 }),
    );
    expect(groups.map(({ name }) => name)).toEqual(['rg-ml2']);
    const workspaces = await collect(
      resources.list({ filter: "resourceType eq 'Microsoft.MachineLearningServices/workspaces'" }),
    );
    expect(workspaces.map(({ id }) => id)).toEqual([emulated().workspace('ws1').id]);
    const inGroup = await collect(resources.listByResourceGroup('rg-ml2', { expand: 'createdTime' }));
    expect(inGroup).toHaveLength(3);
    expect(inGroup[0]?.createdTime).toBeInstanceOf(Date);
  });

  test('follows pages, empty ones too', async () => {
    const { resources, resourceGroups } = client('auditor', paged());
    expect((await collect(resourceGroups.list())).map(({ name }) => name)).toEqual(['rg-ml', 'rg-ml2']);
    const types = (await collect(resources.list())).map(({ type }) => type);
    expect(types).toContain(MACHINES);
    expect(types).toHaveLength(6);
  });

  test('makes a workspace and deletes it, following the operations', async () => {
    const { resources } = client();
    const id = `${group('rg-ml2')}/providers/Microsoft.MachineLearningServices/workspaces/fresh`;
    const made = await resources.beginCreateOrUpdateByIdAndWait(id, '2024-10-01', {
      location: 'westeurope',
      identity: { type: 'SystemAssigned' },
      properties: links(emulated()),
    });
    expect(made).toMatchObject({ id, properties: { provisioningState: 'Succeeded' } });
    expect(made.identity?.principalId).toBe(emulated().workspace('fresh').principalId);
    expect(await resources.checkExistenceById(id, '2024-10-01')).toEqual({ body: true });
    await resources.beginDeleteByIdAndWait(id, '2024-10-01');
    expect(await resources.checkExistenceById(id, '2024-10-01')).toEqual({ body: false });
  });

  test.each([
    ['by its location', 'Microsoft.Storage/storageAccounts', '2023-05-01', /\/asyncoperations\//],
    ['by its status', 'Microsoft.ContainerRegistry/registries', '2023-07-01', /\/operationResults\//],
    ['by the resource itself', 'Microsoft.KeyVault/vaults', '2023-07-01', /\/vaults\/fresh123\?/],
  ])('follows an operation %s', async (_, type, version, polled) => {
    const id = `${group('rg-ml2')}/providers/${type}/fresh123`;
    const made = await client().resources.beginCreateOrUpdateByIdAndWait(id, version, {
      location: 'westeurope',
    });
    expect(made).toMatchObject({ id, properties: { provisioningState: 'Succeeded' } });
    const gets = emulated().requests.filter(({ method, path }) => method === 'GET' && polled.test(path));
    expect(gets.length).toBeGreaterThan(0);
  });

  test('hears why an operation failed', async () => {
    emulated().failNextOperation({ code: 'QuotaExceeded', message: 'There are too many.' });
    const { resources } = client();
    const id = `${group('rg-ml2')}/providers/Microsoft.MachineLearningServices/workspaces/fresh`;
    const making = resources.beginCreateOrUpdateByIdAndWait(id, '2024-10-01', {
      location: 'westeurope',
      properties: links(emulated()),
    });
    await expect(making).rejects.toThrow(/QuotaExceeded|There are too many/);
  });

  test('registers a resource provider, makes a virtual machine and turns on its identity', async () => {
    const { providers, resources } = client();
    expect((await providers.get('Microsoft.Compute')).registrationState).toBe('NotRegistered');
    const id = `${group('rg-ml2')}/providers/${MACHINES}/worker`;
    const machine = {
      location: 'westeurope',
      properties: { storageProfile: {}, networkProfile: {}, hardwareProfile: { vmSize: 'Standard_B2s' } },
    };
    await expect(resources.beginCreateOrUpdateByIdAndWait(id, '2024-07-01', machine)).rejects.toMatchObject({
      statusCode: 409,
      code: 'MissingSubscriptionRegistration',
    });
    expect((await providers.register('Microsoft.Compute')).registrationState).toBe('Registered');
    await resources.beginCreateOrUpdateByIdAndWait(id, '2024-07-01', machine);
    const changed = await resources.beginUpdateByIdAndWait(id, '2024-07-01', {
      identity: { type: 'SystemAssigned' },
    });
    expect(changed.identity?.principalId).toBe(emulated().host('worker').identities[0]?.principalId);
    await resources.beginDeleteByIdAndWait(id, '2024-07-01');
    expect(() => emulated().host('worker')).toThrow(/no host worker/);
  });

  test('lists resource providers, and the operations of Azure Resource Manager', async () => {
    const { providers, operations } = client('auditor');
    const namespaces = (await collect(providers.list())).map(({ namespace }) => namespace);
    expect(namespaces).toContain('Microsoft.MachineLearningServices');
    expect((await collect(providers.listAtTenantScope())).map(({ namespace }) => namespace)).toEqual(
      namespaces,
    );
    const ml = await providers.getAtTenantScope('Microsoft.MachineLearningServices');
    expect(ml.resourceTypes?.map(({ resourceType }) => resourceType)).toContain('workspaces/computes');
    expect((await collect(operations.list())).map(({ name }) => name)).toContain(
      'Microsoft.Resources/subscriptions/resourceGroups/write',
    );
  });

  test('hears what it may not do', async () => {
    await expect(client('auditor').resourceGroups.beginDelete('rg-ml')).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
    });
  });

  test('waits when it is told that there are too many requests', async () => {
    const { resourceGroups } = client('auditor', throttled());
    const names = Promise.all(['rg-ml', 'rg-ml2'].map(async (name) => (await resourceGroups.get(name)).name));
    const isThrottled = (): void => {
      expect(throttled().requests.map(({ status }) => status)).toContain(429);
    };
    await vi.waitFor(isThrottled, { timeout: 10_000 });
    clock.advance(1_000);
    expect(await names).toEqual(['rg-ml', 'rg-ml2']);
  });
});
