import { describe, expect, test } from 'vitest';

import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ pageSize: 1 });

const group = (name = 'rg-ml'): string =>
  `/subscriptions/${emulated().subscription('dev').id}/resourceGroups/${name}`;
const TYPE = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const identity = (name: string, rg = 'rg-ml'): string => `${group(rg)}/providers/${TYPE}/${name}`;
const as = (app: string, path: string, method = 'GET', body?: unknown): Promise<ArmAnswer> =>
  callArm(emulated(), app, path, { method, body });

test('one is made, read, changed and deleted, with its service principal', async () => {
  const made = await as('platform-admin', identity('fresh'), 'PUT', {
    location: 'West Europe',
    tags: { a: 'b' },
  });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: identity('fresh'),
    name: 'fresh',
    type: TYPE,
    location: 'westeurope',
    tags: { a: 'b' },
    properties: {
      tenantId: emulated().tenant().id,
      principalId: emulated().identity('fresh').principalId,
      clientId: emulated().identity('fresh').clientId,
    },
  });
  const role = {
    properties: {
      principalId: emulated().identity('fresh').principalId,
      principalType: 'ServicePrincipal',
      roleDefinitionId:
        '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7',
    },
  };
  const assignment = `${group()}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001`;
  expect((await as('platform-admin', assignment, 'PUT', role)).status).toBe(201);

  expect((await as('platform-admin', identity('FRESH'), 'PATCH', { tags: { c: 'd' } })).body.tags).toEqual({
    c: 'd',
  });
  expect((await as('platform-admin', identity('fresh'), 'PATCH', {})).body.tags).toEqual({ c: 'd' });
  const again = await as('platform-admin', identity('fresh'), 'PUT', { location: 'westeurope' });
  expect([again.status, again.body.properties]).toEqual([200, made.body.properties]);

  expect((await as('platform-admin', identity('fresh'), 'DELETE')).status).toBe(200);
  expect((await as('platform-admin', identity('fresh'), 'DELETE')).status).toBe(204);
  expect(await as('platform-admin', identity('fresh'))).toMatchObject({
    status: 404,
    code: 'ResourceNotFound',
  });
  // The assignment outlives its holder, and its id is nobody's.
  expect((await as('platform-admin', assignment)).status).toBe(200);
  expect((await as('platform-admin', assignment.replace(/1$/, '2'), 'PUT', role)).code).toBe(
    'PrincipalNotFound',
  );
});

test('deleting the resource group deletes it too', async () => {
  await as('platform-admin', identity('inside', 'rg-ml2'), 'PUT', { location: 'westeurope' });
  await as('platform-admin', group('rg-ml2'), 'DELETE');
  expect(() => emulated().identity('inside')).toThrow(/no managed identity inside/);
});

test.each<[string, string, unknown, number, string]>([
  ['no location', 'fresh', {}, 400, 'LocationRequired'],
  ['another location', 'id-cluster', { location: 'eastus' }, 409, 'InvalidResourceLocation'],
  ['a bad name', '-x', { location: 'eastus' }, 400, 'InvalidResourceName'],
  ['tags that are none', 'fresh', { location: 'eastus', tags: [] }, 400, 'InvalidRequestContent'],
])('%s is refused', async (_, name, body, status, code) => {
  expect(await as('platform-admin', identity(name), 'PUT', body)).toMatchObject({ status, code });
});

describe('lists', () => {
  test.each([
    ['the resource group', () => group(), ['id-cluster']],
    ['another resource group', () => group('rg-ml2'), ['second']],
    ['the subscription', () => `/subscriptions/${emulated().subscription().id}`, ['id-cluster', 'second']],
  ])('of %s', async (_, scope, names) => {
    await as('platform-admin', identity('second', 'rg-ml2'), 'PUT', { location: 'westeurope' });
    const seen: string[] = [];
    let next: string | undefined = `${scope()}/providers/${TYPE}`;
    while (next !== undefined) {
      const { body, status } = await as('auditor', next);
      expect(status).toBe(200);
      seen.push(...body.value.map(({ name }) => name));
      next = body.nextLink;
    }
    expect(seen).toEqual(names);
  });
});

test('roles decide, as everywhere', async () => {
  expect((await as('auditor', identity('id-cluster'))).status).toBe(200);
  expect(await as('trainer', identity('id-cluster'))).toMatchObject({
    status: 403,
    code: 'AuthorizationFailed',
  });
  const put = await as('auditor', identity('fresh'), 'PUT', { location: 'westeurope' });
  expect(put.body.error.message).toContain(`action '${TYPE}/write' over scope '${identity('fresh')}'`);
  expect((await as('auditor', identity('id-cluster'), 'DELETE')).status).toBe(403);
});

test('an api-version that it does not have is refused', async () => {
  expect((await as('auditor', `${identity('id-cluster')}?api-version=2022-12-01`)).code).toBe(
    'NoRegisteredProviderFound',
  );
});
