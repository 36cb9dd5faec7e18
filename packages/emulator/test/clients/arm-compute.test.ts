import { ComputeManagementClient, type VirtualMachine } from '@azure/arm-compute';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { trustEmulator } from '@aml-auth/emulator';
import { beforeAll, describe, expect, test } from 'vitest';

import { ARM, ask } from '../support/hosts.js';
import { collect, sdkSettings } from '../support/sdk-client.js';
import { withEmulator } from '../support/with-emulator.js';

const GROUP = 'rg-ml2';
const emulated = withEmulator({ pageSize: 1, emptyPages: true });

beforeAll(() => {
  trustEmulator(emulated());
});

function machines(app = 'platform-admin') {
  const { credential, subscriptionId, options } = sdkSettings(emulated(), app);
  return new ComputeManagementClient(credential, subscriptionId, options).virtualMachines;
}

function identities(app = 'platform-admin') {
  const { credential, subscriptionId, options } = sdkSettings(emulated(), app);
  return new ManagedServiceIdentityClient(credential, subscriptionId, options);
}

const machine: VirtualMachine = {
  location: 'westeurope',
  hardwareProfile: { vmSize: 'Standard_D2s_v3' },
  storageProfile: { osDisk: { createOption: 'FromImage' } },
  networkProfile: { networkInterfaces: [] },
};

/** What the managed-identity endpoint of the machine answers. */
async function tokenStatus(clientId?: string): Promise<number> {
  const base = emulated().host('worker').env['AZURE_POD_IDENTITY_AUTHORITY_HOST']!;
  const query = { 'api-version': '2018-02-01', resource: ARM };
  const url = `${base}/metadata/identity/oauth2/token`;
  const named = clientId === undefined ? query : { ...query, client_id: clientId };
  return (await ask(emulated(), url, named, { headers: { metadata: 'true' } })).status;
}

describe('an unmodified client of Microsoft.Compute', () => {
  test('makes a virtual machine, and turns on its identity', async () => {
    const made = await machines().createOrUpdate(GROUP, 'worker', machine);
    expect(made).toMatchObject({ name: 'worker', provisioningState: 'Succeeded' });
    expect(await tokenStatus()).toBe(400);
    const changed = await machines().update(GROUP, 'worker', {
      identity: { type: 'SystemAssigned' },
    });
    expect(changed.identity?.principalId).toBe(emulated().host('worker').identities[0]?.principalId);
    expect(await tokenStatus()).toBe(200);
    const { systemAssignedIdentities } = identities('auditor');
    const own = await systemAssignedIdentities.getByScope(made.id!.slice(1));
    expect(own.principalId).toBe(changed.identity?.principalId);
  });

  test('assigns a user-assigned identity, and takes it away', async () => {
    const made = await identities().userAssignedIdentities.createOrUpdate(GROUP, 'id-worker', {
      location: 'westeurope',
    });
    const { id = '', clientId = '' } = made;
    await machines().createOrUpdate(GROUP, 'worker', {
      ...machine,
      identity: { type: 'UserAssigned', userAssignedIdentities: { [id]: {} } },
    });
    expect((await machines().get(GROUP, 'worker')).identity?.userAssignedIdentities?.[id]).toMatchObject({
      clientId,
    });
    expect(await tokenStatus(clientId)).toBe(200);
    await identities().userAssignedIdentities.delete(GROUP, 'id-worker');
    expect(await tokenStatus(clientId)).toBe(400);
  });

  test('stops, starts, lists and deletes machines', async () => {
    await machines().createOrUpdate(GROUP, 'worker', {
      ...machine,
      identity: { type: 'SystemAssigned' },
    });
    await machines().deallocate(GROUP, 'worker');
    const { statuses = [] } = await machines('auditor').instanceView(GROUP, 'worker');
    expect(statuses.map(({ code }) => code)).toContain('PowerState/deallocated');
    expect(await tokenStatus()).toBe(503);
    await machines().start(GROUP, 'worker');
    expect(await tokenStatus()).toBe(200);
    const expanded = await machines('auditor').get(GROUP, 'worker', { expand: 'instanceView' });
    expect(expanded.instanceView?.statuses?.map(({ code }) => code)).toContain('PowerState/running');
    await machines().powerOff(GROUP, 'worker');
    await machines().restart(GROUP, 'worker');

    expect((await collect(machines('auditor').listAll())).map(({ name }) => name)).toEqual(['vm', 'worker']);
    expect((await collect(machines('auditor').list(GROUP))).map(({ name }) => name)).toEqual(['worker']);
    await machines().delete(GROUP, 'worker');
    await expect(machines().get(GROUP, 'worker')).rejects.toMatchObject({ code: 'ResourceNotFound' });
  });

  test('hears what went wrong', async () => {
    await expect(machines('auditor').createOrUpdate(GROUP, 'worker', machine)).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
    });
    emulated().failNextOperation({ code: 'AllocationFailed', message: 'There is no room.' });
    await expect(machines().createOrUpdate(GROUP, 'worker', machine)).rejects.toThrow(
      /There is no room|failed/,
    );
  });
});

test('an unmodified client of Microsoft.ManagedIdentity lists, changes and finds nothing', async () => {
  const { userAssignedIdentities, systemAssignedIdentities } = identities();
  const names = async (): Promise<unknown> =>
    (await collect(userAssignedIdentities.listBySubscription())).map(({ name }) => name);
  expect(await names()).toEqual(['id-cluster']);
  await userAssignedIdentities.update('rg-ml', 'id-cluster', { tags: { a: 'b' } });
  expect((await userAssignedIdentities.get('rg-ml', 'id-cluster')).tags).toEqual({ a: 'b' });
  const scope = emulated().identity('id-cluster').id.slice(1);
  await expect(systemAssignedIdentities.getByScope(scope)).rejects.toMatchObject({ statusCode: 404 });
});
