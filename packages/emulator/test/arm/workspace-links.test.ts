import { describe, expect, test } from 'vitest';

import { dependents, links, seedWithDependents } from '../support/dependents.js';
import { callArm, callArmToEnd, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const [dev] = seedWithDependents.subscriptions!;
const emulated = withEmulator({
  seed: {
    ...seedWithDependents,
    subscriptions: [
      {
        ...dev!,
        resourceGroups: [
          ...dev!.resourceGroups!,
          {
            name: 'rg-shared',
            identities: [{ name: 'id-shared' }],
            resources: [
              ...dependents,
              { type: 'Microsoft.ContainerRegistry/registries', name: 'sharedacr', tags: { a: 'b' } },
            ],
            workspaces: [{ name: 'hub1', kind: 'Hub' }],
          },
        ],
      },
    ],
    roleAssignments: [
      ...seedWithDependents.roleAssignments!,
      { principal: 'app:trainer', role: 'Contributor', scope: '/dev/rg-ml2' },
    ],
  },
});

const group = (name: string): string =>
  `/subscriptions/${emulated().subscription('dev').id}/resourceGroups/${name}`;
const fresh = (): string => `${group('rg-ml2')}/providers/Microsoft.MachineLearningServices/workspaces/fresh`;
const create = (properties: unknown, more: object = {}, app = 'trainer'): Promise<ArmAnswer> =>
  callArm(emulated(), app, fresh(), {
    method: 'PUT',
    body: { location: 'westeurope', properties, ...more },
  });

describe('a new workspace', () => {
  test.each(['storageAccount', 'keyVault', 'applicationInsights'])('needs %s', async (property) => {
    const { [property]: _, ...rest } = links(emulated());
    const refused = await create(rest);
    expect(refused).toMatchObject({
      status: 400,
      code: 'ValidationError',
      body: {
        error: {
          message: 'Missing dependent resources in workspace json',
          target: 'workspace',
          details: [{ code: 'Invalid', message: 'Missing dependent resources in workspace json' }],
        },
      },
    });
    expect(refused.headers.get('x-ms-error-code')).toBe('ValidationError');
  });

  test('names only what is there', async () => {
    const keyVault = links(emulated())['keyVault']!.replace('linkedkv', 'nothing');
    expect(await create({ ...links(emulated()), keyVault })).toMatchObject({
      status: 400,
      code: 'ValidationError',
    });
    // A storage account is no key vault.
    const { storageAccount = '' } = links(emulated());
    expect((await create({ ...links(emulated()), keyVault: storageAccount })).code).toBe('ValidationError');
  });

  test('names only what the caller may use', async () => {
    const { storageAccount = '' } = links(emulated(), 'rg-shared');
    const refused = await create({ ...links(emulated()), storageAccount });
    expect(refused).toMatchObject({ status: 403, code: 'LinkedAuthorizationFailed' });
    const { clientId, objectId } = emulated().app('trainer');
    expect(refused.body.error.message).toBe(
      `The client '${clientId}' with object id '${objectId}' has permission to perform action 'Microsoft.MachineLearningServices/workspaces/write' on scope '${fresh()}'; however, it does not have permission to perform action 'Microsoft.Storage/storageAccounts/write' on the linked scope(s) '${storageAccount}' or the linked scope(s) are invalid.`,
    );
    expect((await create({ ...links(emulated()), storageAccount }, {}, 'platform-admin')).status).toBe(202);
  });

  test.each(['nonsense', '/subscriptions/x', '/subscriptions/x/resourceGroups/y/providers/N/t'])(
    'names %s in vain',
    async (containerRegistry) => {
      const refused = await create({ ...links(emulated()), containerRegistry });
      expect(refused).toMatchObject({ status: 400, code: 'LinkedInvalidPropertyId' });
      expect(refused.body.error.message).toContain(
        `Property id '${containerRegistry}' at path 'properties.containerRegistry' is invalid.`,
      );
    },
  );

  test('of the kind Hub needs no Application Insights', async () => {
    const { applicationInsights: _, ...rest } = links(emulated());
    expect((await create(rest, { kind: 'Hub' })).status).toBe(202);
  });

  test('of the kind Project needs a hub', async () => {
    const project = (hubResourceId: unknown): Promise<ArmAnswer> =>
      create({ hubResourceId }, { kind: 'Project' }, 'platform-admin');
    expect((await project(undefined)).code).toBe('ValidationError');
    expect((await project(emulated().workspace('ws1').id)).code).toBe('ValidationError');
    expect((await project(emulated().workspace('hub1').id)).status).toBe(202);
  });

  test('has only identities that the caller may assign, and that are there', async () => {
    const { id } = emulated().identity('id-shared');
    const identity = (name: string) => ({
      identity: { type: 'UserAssigned', userAssignedIdentities: { [name]: {} } },
    });
    const refused = await create(links(emulated()), identity(id));
    expect(refused).toMatchObject({ status: 403, code: 'LinkedAuthorizationFailed' });
    expect(refused.body.error.message).toContain(
      `'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${id}'`,
    );
    const missing = await create(links(emulated()), identity(`${id}x`), 'platform-admin');
    expect(missing).toMatchObject({ status: 400, code: 'FailedIdentityOperation' });
    expect((await create(links(emulated()), identity(id), 'platform-admin')).status).toBe(202);
  });
});

test('a system-assigned identity goes when the workspace gives it up', async () => {
  const admin = (method: string, body: unknown): Promise<ArmAnswer> =>
    callArmToEnd(emulated(), 'platform-admin', fresh(), { method, body });
  const made = await admin('PUT', { location: 'westeurope', properties: links(emulated()) });
  const { principalId } = made.body.identity;
  const held = (): boolean => principalId in emulated().snapshot().tables['servicePrincipals']!;
  expect(held()).toBe(true);
  await admin('PATCH', { identity: { type: 'None' } });
  expect(held()).toBe(false);
});

describe('what a workspace refers to', () => {
  const admin = (path: string, method = 'GET', body?: unknown): Promise<ArmAnswer> =>
    callArm(emulated(), 'platform-admin', `${path}?api-version=${versionOf(path)}`, { method, body });
  const versionOf = (path: string): string => {
    if (/storage/i.test(path)) return '2023-05-01';
    if (/keyvault/i.test(path)) return '2023-07-01';
    return /insights/i.test(path) ? '2020-02-02' : '2023-07-01';
  };

  test('of the seed is there', async () => {
    const { body } = await callArm(emulated(), 'auditor', emulated().workspace('ws1').id);
    const properties = body.properties as unknown as Record<string, string>;
    for (const property of ['storageAccount', 'keyVault', 'applicationInsights']) {
      expect(await admin(properties[property]!)).toMatchObject({
        status: 200,
        body: { id: properties[property], location: 'westeurope' },
      });
    }
  });

  test.each<[string, string, object]>([
    ['Microsoft.Storage/storageAccounts', 'fresh123', { primaryLocation: 'westeurope' }],
    ['Microsoft.KeyVault/vaults', 'fresh-kv', { vaultUri: 'https://fresh-kv.vault.azure.net/' }],
    ['Microsoft.Insights/components', 'fresh-ai', { ApplicationId: 'fresh-ai' }],
    ['Microsoft.ContainerRegistry/registries', 'fresh123', { loginServer: 'fresh123.azurecr.io' }],
  ])('%s is made, read, listed, changed and deleted', async (type, name, properties) => {
    const id = `${group('rg-ml2')}/providers/${type}/${name}`;
    const made = await admin(id, 'PUT', {
      location: 'West Europe',
      properties: { publicNetworkAccess: 'x' },
    });
    expect([201, 202]).toContain(made.status);
    expect(await admin(id)).toMatchObject({
      status: 200,
      body: {
        id,
        name,
        type,
        location: 'westeurope',
        properties: { ...properties, publicNetworkAccess: 'x' },
      },
    });
    expect((await admin(id, 'PUT', { location: 'westeurope' })).status).toBe(200);
    expect((await admin(id, 'PATCH', { tags: { a: 'b' } })).body.tags).toEqual({ a: 'b' });
    expect(await admin(id.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'))).toMatchObject({
      body: { id, tags: { a: 'b' } },
    });
    const list = await admin(`${group('rg-ml2')}/providers/${type}`);
    expect(list.body.value.map((row) => row.name)).toContain(name);
    expect((await admin(id, 'DELETE')).status).toBe(200);
    expect((await admin(id, 'DELETE')).status).toBe(204);
    expect(await admin(id)).toMatchObject({ status: 404, code: 'ResourceNotFound' });
  });

  test('takes its time in three ways', async () => {
    const put = (type: string, name: string): Promise<ArmAnswer> =>
      admin(`${group('rg-ml2')}/providers/${type}/${name}`, 'PUT', { location: 'westeurope' });
    const storage = await put('Microsoft.Storage/storageAccounts', 'fresh123');
    expect(storage).toMatchObject({ status: 202, body: undefined });
    expect(storage.headers.get('location')).toMatch(
      /\/Microsoft\.Storage\/.*\/asyncoperations\/.*monitor=true/,
    );
    expect(storage.headers.has('azure-asyncoperation')).toBe(false);

    const vault = await put('Microsoft.KeyVault/vaults', 'fresh-kv');
    expect(vault).toMatchObject({
      status: 201,
      body: { properties: { provisioningState: 'RegisteringDns' } },
    });
    expect(vault.headers.has('location') || vault.headers.has('azure-asyncoperation')).toBe(false);
    expect(await admin(vault.body.id)).toMatchObject({
      body: { properties: { provisioningState: 'Succeeded' } },
    });

    const registry = await put('Microsoft.ContainerRegistry/registries', 'fresh123');
    expect(registry).toMatchObject({ status: 201, body: { properties: { provisioningState: 'Creating' } } });
    const status = registry.headers.get('azure-asyncoperation')!;
    expect(await callArm(emulated(), 'platform-admin', status)).toMatchObject({
      body: { status: 'Succeeded' },
    });
  });

  test.each([
    ['Microsoft.Storage/storageAccounts', 'Not-Valid', 'AccountNameInvalid'],
    ['Microsoft.KeyVault/vaults', '1st', 'VaultNameNotValid'],
    ['Microsoft.KeyVault/vaults', 'two--dashes', 'VaultNameNotValid'],
    ['Microsoft.Insights/components', 'ends.', 'InvalidResourceName'],
    ['Microsoft.ContainerRegistry/registries', 'abc', 'InvalidResourceName'],
  ])('%s cannot be named %s', async (type, name, code) => {
    const id = `${group('rg-ml2')}/providers/${type}/${name}`;
    expect(await admin(id, 'PUT', { location: 'westeurope' })).toMatchObject({ status: 400, code });
  });

  test('goes with its resource group', async () => {
    const { keyVault = '' } = links(emulated());
    await callArm(emulated(), 'platform-admin', group('rg-ml2'), { method: 'DELETE' });
    await callArm(emulated(), 'platform-admin', group('rg-ml2'), {
      method: 'PUT',
      body: { location: 'westeurope' },
    });
    expect((await admin(keyVault)).status).toBe(404);
  });
});
