import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, test } from 'vitest';

import { seedWithDependents } from '../support/dependents.js';
import { callArm, callArmToEnd, type ArmAnswer } from '../support/emulated.js';
import { ARM, ask, readAs, type HostAnswer } from '../support/hosts.js';
import { withEmulator } from '../support/with-emulator.js';

const clock = manualClock(Date.UTC(2026, 10, 22, 9));
const emulated = withEmulator({
  clock,
  seed: {
    ...seedWithDependents,
    operations: { duration: '60s' },
    roleAssignments: [
      ...seedWithDependents.roleAssignments!,
      { principal: 'app:trainer', role: 'Contributor', scope: '/dev/rg-ml2' },
    ],
  },
});

const VERSION = 'api-version=2024-07-01';
const machine = (name = 'fresh'): string =>
  `/subscriptions/${emulated().subscription('dev').id}/resourceGroups/rg-ml2/providers/Microsoft.Compute/virtualMachines/${name}`;
const as = (app: string, path: string, method = 'GET', body?: unknown): Promise<ArmAnswer> =>
  callArm(emulated(), app, path.includes('?') ? path : `${path}?${VERSION}`, { method, body });

/** Calls, lets the operation come to its end, and gives its status document or result. */
async function toEnd(app: string, path: string, method: string, body?: unknown): Promise<ArmAnswer> {
  const first = await as(app, path, method, body);
  clock.advance(60_000);
  const url = first.headers.get('azure-asyncoperation');
  return url === null ? first : callArmToEnd(emulated(), app, url);
}

const body = (identity?: unknown): unknown => ({
  location: 'westeurope',
  ...(identity === undefined ? {} : { identity }),
  properties: {
    hardwareProfile: { vmSize: 'Standard_D2s_v5' },
    storageProfile: { osDisk: { createOption: 'FromImage' } },
    networkProfile: { networkInterfaces: [] },
    osProfile: {
      computerName: 'fresh',
      adminUsername: 'me',
      adminPassword: 'very-secret',
      customData: 'eA==',
    },
  },
});

function token(query: Record<string, string> = {}): Promise<HostAnswer> {
  const base = emulated().host('fresh').env['AZURE_POD_IDENTITY_AUTHORITY_HOST']!;
  return ask(
    emulated(),
    `${base}/metadata/identity/oauth2/token`,
    { 'api-version': '2018-02-01', resource: ARM, ...query },
    { headers: { metadata: 'true' } },
  );
}

describe('a virtual machine', () => {
  test('is made, and its endpoint answers once it runs', async () => {
    const first = await as('trainer', machine(), 'PUT', body({ type: 'SystemAssigned' }));
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      id: machine(),
      type: 'Microsoft.Compute/virtualMachines',
      identity: { type: 'SystemAssigned' },
      properties: { provisioningState: 'Creating', osProfile: { adminUsername: 'me' } },
    });
    expect(JSON.stringify(first.body)).not.toContain('very-secret');
    expect(JSON.stringify(emulated().snapshot())).not.toContain('very-secret');
    expect(first.headers.get('azure-asyncoperation')).toMatch(
      /\/providers\/Microsoft\.Compute\/locations\/westeurope\/operations\/[\da-f-]{36}\?api-version=2024-07-01&/,
    );
    expect(await token()).toMatchObject({ status: 503 });

    clock.advance(60_000);
    const status = await callArm(emulated(), 'trainer', first.headers.get('azure-asyncoperation')!);
    expect(status.body).toMatchObject({ status: 'Succeeded' });
    const { identity } = (await as('trainer', machine())).body;
    expect(emulated().host('fresh').identities).toMatchObject([
      { id: machine(), principalId: identity.principalId },
    ]);
    const issued = await token();
    expect(issued).toMatchObject({ status: 200, claims: { oid: identity.principalId } });
    expect(issued.claims['xms_az_rid']).toBe(machine().replace('resourceGroups', 'resourcegroups'));
  });

  test('has the rights of its identity', async () => {
    await toEnd('platform-admin', machine(), 'PUT', body({ type: 'SystemAssigned' }));
    const { principalId } = (await as('trainer', machine())).body.identity;
    const group = `/subscriptions/${emulated().subscription('dev').id}/resourceGroups/rg-ml2`;
    const bearer = (await token()).body['access_token'];
    expect(await readAs(emulated(), bearer, group)).toBe(403);
    const assignment = `${group}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000009`;
    await callArm(emulated(), 'platform-admin', assignment, {
      method: 'PUT',
      body: {
        properties: {
          principalId,
          roleDefinitionId:
            '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7',
        },
      },
    });
    expect(await readAs(emulated(), bearer, group)).toBe(200);
  });

  test('without an identity has none to give, until one is enabled', async () => {
    await toEnd('trainer', machine(), 'PUT', body());
    expect((await as('trainer', machine())).body).not.toHaveProperty('identity');
    expect(await token()).toMatchObject({ status: 400, body: { error_description: 'Identity not found' } });
    await toEnd('trainer', machine(), 'PATCH', { identity: { type: 'SystemAssigned' } });
    const enabled = await token();
    expect(enabled.status).toBe(200);
    await toEnd('trainer', machine(), 'PATCH', { identity: { type: 'None' } });
    expect((await token()).status).toBe(400);
    expect(enabled.claims['oid']).not.toBeUndefined();
    expect(emulated().snapshot().tables['servicePrincipals']).not.toHaveProperty(
      String(enabled.claims['oid']),
    );
  });

  test('gets user-assigned identities from whom may assign them', async () => {
    const { id, clientId } = emulated().identity('id-cluster');
    await toEnd('trainer', machine(), 'PUT', body({ type: 'SystemAssigned' }));
    const both = {
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [id]: {} } },
    };
    const refused = await as('trainer', machine(), 'PATCH', both);
    expect(refused).toMatchObject({ status: 403, code: 'LinkedAuthorizationFailed' });
    expect(refused.body.error.message).toContain(
      `has permission to perform action 'Microsoft.Compute/virtualMachines/write' on scope '${machine()}'; however, it does not have permission to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${id}'`,
    );
    await toEnd('platform-admin', machine(), 'PATCH', both);
    expect((await as('trainer', machine())).body.identity).toMatchObject({
      type: 'SystemAssigned,UserAssigned',
      userAssignedIdentities: { [id]: { clientId } },
    });
    expect((await token({ client_id: clientId })).claims).toMatchObject({ appid: clientId });
    expect((await token()).claims['appid']).not.toBe(clientId);

    await toEnd('trainer', machine(), 'PATCH', {
      identity: { type: 'SystemAssigned', userAssignedIdentities: { [id]: null } },
    });
    expect((await token({ client_id: clientId })).status).toBe(400);
  });

  test('stops and starts, and answers only while it runs', async () => {
    await toEnd('trainer', machine(), 'PUT', body({ type: 'SystemAssigned' }));
    const power = async (): Promise<unknown> => {
      const view = (await as('trainer', `${machine()}/instanceView`)).body as unknown as {
        statuses: { code: string }[];
      };
      return view.statuses.map(({ code }) => code)[1];
    };
    expect(await power()).toBe('PowerState/running');
    const stopping = await as('trainer', `${machine()}/deallocate`, 'POST');
    expect(stopping.status).toBe(202);
    expect(stopping.headers.get('location')).toContain('monitor=true');
    expect(await power()).toBe('PowerState/deallocating');
    expect((await as('trainer', `${machine()}/start`, 'POST')).code).toBe('AnotherOperationInProgress');
    clock.advance(60_000);
    expect(await power()).toBe('PowerState/deallocated');
    expect((await token()).status).toBe(503);
    expect((await callArm(emulated(), 'trainer', stopping.headers.get('location')!)).status).toBe(200);
    await toEnd('trainer', `${machine()}/START`, 'POST');
    expect((await token()).status).toBe(200);
    await toEnd('trainer', `${machine()}/powerOff`, 'POST');
    expect(await power()).toBe('PowerState/stopped');
    const expanded = await as('trainer', `${machine()}?${VERSION}&$expand=instanceView`);
    expect(expanded.body).toMatchObject({ properties: { instanceView: { computerName: 'fresh' } } });
  });

  test('whose start fails stays as it was', async () => {
    await toEnd('trainer', machine(), 'PUT', body({ type: 'SystemAssigned' }));
    emulated().failNextOperation({ code: 'AllocationFailed' });
    expect((await toEnd('trainer', `${machine()}/deallocate`, 'POST')).body).toMatchObject({
      status: 'Failed',
      error: { code: 'AllocationFailed' },
    });
    expect((await token()).status).toBe(200);
  });

  test('is listed, and deleted with its identity and its host', async () => {
    await toEnd('trainer', machine(), 'PUT', body({ type: 'SystemAssigned' }));
    const list = await as(
      'auditor',
      `/subscriptions/${emulated().subscription('dev').id}/providers/Microsoft.Compute/virtualMachines`,
    );
    expect(list.body.value.map(({ name }) => name)).toEqual(['vm', 'fresh']);
    const { principalId } = list.body.value[1]!.identity;
    const gone = await as('trainer', machine(), 'DELETE');
    expect(gone.status).toBe(202);
    clock.advance(60_000);
    expect((await callArm(emulated(), 'trainer', gone.headers.get('location')!)).status).toBe(204);
    expect(() => emulated().host('fresh')).toThrow(/no host fresh/);
    expect(emulated().snapshot().tables['servicePrincipals']).not.toHaveProperty(principalId);
    expect((await as('trainer', machine(), 'DELETE')).status).toBe(204);
    expect(await as('trainer', machine())).toMatchObject({ status: 404, code: 'ResourceNotFound' });
  });

  test.each<[string, string, unknown, string]>([
    ['no profile of its storage', 'fresh', { location: 'westeurope' }, 'InvalidParameter'],
    ['no location', 'fresh', {}, 'LocationRequired'],
    ['a name that ends in a dot', 'fresh.', body(), 'InvalidParameter'],
    ['an unknown kind of identity', 'fresh', body({ type: 'Both' }), 'InvalidIdentityType'],
  ])('with %s is refused', async (_, name, given, code) => {
    expect(await as('trainer', machine(name), 'PUT', given)).toMatchObject({ status: 400, code });
  });
});

test('a host of the seed is a virtual machine', async () => {
  const { resourceId = '', identities } = emulated().host('vm');
  const { body: found } = await as('platform-admin', resourceId);
  expect(found).toMatchObject({
    id: resourceId,
    identity: { type: 'SystemAssigned', principalId: identities[0]!.principalId },
    properties: { provisioningState: 'Succeeded' },
  });
});

test('a machine whose name is taken by another host gets another one there', async () => {
  await toEnd('trainer', machine('cpu'), 'PUT', body({ type: 'SystemAssigned' }));
  expect(emulated().host('cpu').kind).toBe('aml-compute');
  expect(emulated().host('cpu-2').resourceId).toBe(machine('cpu'));
});
