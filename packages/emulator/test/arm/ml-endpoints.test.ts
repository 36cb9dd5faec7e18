import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, test } from 'vitest';

import { ARM, ask, hostsSeed } from '../support/hosts.js';
import { at, mlCaller, namesIn } from '../support/ml.js';
import { deploymentBody } from '../support/scoring.js';
import { withEmulator } from '../support/with-emulator.js';

const clock = manualClock(Date.parse('2026-11-22T09:00:00Z'));
const emulated = withEmulator({ clock, seed: { ...hostsSeed, operations: { duration: '60s' } } });
const call = mlCaller(emulated);
const state = async (path: string): Promise<unknown> =>
  at((await call(path)).body, 'properties.provisioningState');
const body = (more: Record<string, unknown> = {}): unknown => ({
  identity: { type: 'SystemAssigned' },
  properties: { authMode: 'Key', ...more },
});

describe('an online endpoint', () => {
  test('is made: 201, a status to poll in the header and in the resource, and an address', async () => {
    const made = await call('onlineEndpoints/fresh', 'PUT', body({ description: 'scores' }));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: `${emulated().workspace('ws1').id}/onlineEndpoints/fresh`,
      name: 'fresh',
      type: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints',
      location: 'northeurope',
      kind: 'Managed',
      identity: { type: 'SystemAssigned' },
      properties: {
        authMode: 'Key',
        description: 'scores',
        provisioningState: 'Creating',
        traffic: {},
        scoringUri: `${emulated().origin}/inference/northeurope/fresh/score`,
        swaggerUri: `${emulated().origin}/inference/northeurope/fresh/swagger.json`,
        properties: {
          'azureml.onlineendpointid': `${emulated().workspace('ws1').id}/onlineEndpoints/fresh`.toLowerCase(),
        },
      },
    });
    expect(made.headers.get('azure-asyncoperation')).toContain('/locations/northeurope/mfeOperationsStatus/');
    const handle = String(at(made.body, 'properties.properties.AzureAsyncOperationUri'));
    expect((await call(handle)).body['status']).toBe('InProgress');
    clock.advance(60_000);
    expect((await call(handle)).body['status']).toBe('Succeeded');
    expect(await state('onlineEndpoints/fresh')).toBe('Succeeded');
  });

  test('is the host of its own identity, which follows changes and goes with it', async () => {
    await call('onlineEndpoints/fresh', 'PUT', body());
    clock.advance(60_000);
    const host = emulated().host('fresh');
    expect(host.kind).toBe('aml-online-endpoint');
    const token = () =>
      ask(
        emulated(),
        host.env['MSI_ENDPOINT'],
        { resource: ARM },
        {
          headers: { Metadata: 'true', secret: host.env['MSI_SECRET'] ?? '' },
        },
      );
    const { claims } = await token();
    expect(claims['xms_mirid']).toMatch(/\/onlineEndpoints\/fresh$/);
    const { id, principalId } = emulated().identity('id-cluster');
    const patched = await call('onlineEndpoints/fresh', 'PATCH', {
      tags: { a: 'b' },
      identity: { type: 'SystemAssigned,UserAssigned', userAssignedIdentities: { [id]: {} } },
    });
    expect(patched.status).toBe(202);
    clock.advance(60_000);
    expect((await call(patched.headers.get('location')!)).body).toMatchObject({ tags: { a: 'b' } });
    expect(
      emulated()
        .host('fresh')
        .identities.map((identity) => identity.principalId),
    ).toContain(principalId);
    await call('onlineEndpoints/fresh', 'PATCH', {
      identity: { type: 'SystemAssigned,UserAssigned', userAssignedIdentities: { [id]: null } },
    });
    expect(emulated().host('fresh').identities).toHaveLength(1);
    clock.advance(60_000);
    expect((await call('onlineEndpoints/fresh', 'DELETE')).status).toBe(202);
    expect(await state('onlineEndpoints/fresh')).toBe('Deleting');
    clock.advance(60_000);
    expect((await call('onlineEndpoints/fresh')).status).toBe(404);
    expect((await call('onlineEndpoints/fresh', 'DELETE')).status).toBe(204);
    expect((await token()).status).toBe(404);
  });

  test('gets traffic for deployments that are there, in parts of a hundred', async () => {
    await call('onlineEndpoints/fresh', 'PUT', body());
    clock.advance(60_000);
    const deployed = await call('onlineEndpoints/fresh/deployments/blue', 'PUT', deploymentBody());
    expect(deployed).toMatchObject({ status: 201, body: { properties: { provisioningState: 'Creating' } } });
    clock.advance(60_000);
    expect(await state('onlineEndpoints/fresh/deployments/blue')).toBe('Succeeded');
    for (const traffic of [{ blue: 50 }, { green: 100 }, { blue: -100 }, { blue: 99.5 }, []]) {
      expect((await call('onlineEndpoints/fresh', 'PUT', body({ traffic }))).status).toBe(400);
    }
    expect((await call('onlineEndpoints/fresh', 'PUT', body({ traffic: { blue: 100 } }))).status).toBe(200);
    clock.advance(60_000);
    const refused = await call('onlineEndpoints/fresh/deployments/blue', 'DELETE');
    expect(at(refused.body, 'error.message')).toContain('still gets traffic');
    await call('onlineEndpoints/fresh', 'PUT', body({ traffic: { blue: 0 } }));
    clock.advance(60_000);
    expect((await call('onlineEndpoints/fresh/deployments/blue', 'DELETE')).status).toBe(202);
    clock.advance(60_000);
    expect(namesIn(await call('onlineEndpoints/fresh/deployments'))).toEqual([]);
  });

  test('whose making failed says so', async () => {
    emulated().failNextOperation({ code: 'OutOfQuota', message: 'No cores left.' });
    const made = await call('onlineEndpoints/fresh', 'PUT', body());
    clock.advance(60_000);
    expect(await state('onlineEndpoints/fresh')).toBe('Failed');
    expect((await call(made.headers.get('azure-asyncoperation')!)).body).toMatchObject({
      status: 'Failed',
      error: { code: 'OutOfQuota' },
    });
  });

  test.each<[string, string, unknown, string]>([
    ['no authMode', 'fresh', { properties: {} }, 'authMode'],
    ['another authMode', 'fresh', { properties: { authMode: 'Password' } }, 'AADToken'],
    ['a name that ends in a dash', 'fresh-', { properties: { authMode: 'Key' } }, "'fresh-'"],
    ['a name that is too short', 'x', { properties: { authMode: 'Key' } }, "'x'"],
  ])('%s is refused', async (_, name, given, text) => {
    const answer = await call(`onlineEndpoints/${name}`, 'PUT', given);
    expect(answer).toMatchObject({ status: 400, code: 'UserError' });
    expect(at(answer.body, 'error.message')).toContain(text);
  });

  test('a name is given once in a region', async () => {
    await call('onlineEndpoints/fresh', 'PUT', body());
    const { restore, snapshot, workspace } = emulated();
    const kept = snapshot();
    const { id } = workspace('ws1');
    const twin = { ...(kept.tables['workspaces']![id.toLowerCase()] as object), id: `${id}b`, name: 'ws1b' };
    restore({
      ...kept,
      tables: {
        ...kept.tables,
        workspaces: { ...kept.tables['workspaces'], [`${id}b`.toLowerCase()]: twin },
      },
    });
    const answer = await call(`${id}b/onlineEndpoints/Fresh`, 'PUT', body());
    expect(at(answer.body, 'error.message')).toBe(
      'There already exists an endpoint with the name Fresh in the region northeurope.',
    );
    expect((await call(`${id}b/onlineEndpoints/other`, 'PUT', body())).status).toBe(201);
  });

  test('roles decide', async () => {
    expect((await call('onlineEndpoints/fresh', 'PUT', body(), 'auditor')).code).toBe('AuthorizationFailed');
    expect((await call('onlineEndpoints/fresh', 'PUT', body(), 'trainer')).status).toBe(201);
    expect(namesIn(await call('onlineEndpoints', 'GET', undefined, 'auditor'))).toEqual(['fresh']);
  });
});

describe('deployments', () => {
  test('need their endpoint, have logs and sizes', async () => {
    expect((await call('onlineEndpoints/none/deployments/blue', 'PUT', deploymentBody())).status).toBe(404);
    await call('onlineEndpoints/fresh', 'PUT', body());
    clock.advance(60_000);
    await call('onlineEndpoints/fresh/deployments/blue', 'PUT', deploymentBody());
    clock.advance(60_000);
    const logs = await call('onlineEndpoints/fresh/deployments/blue/getLogs', 'POST', {});
    expect(String(logs.body['content'])).toContain('blue');
    expect(at((await call('onlineEndpoints/fresh/deployments/blue/skus')).body, 'value.0.sku.name')).toBe(
      'Default',
    );
    const scaled = await call('onlineEndpoints/fresh/deployments/blue', 'PATCH', {
      tags: { a: 'b' },
      sku: { capacity: 3 },
    });
    expect(scaled).toMatchObject({
      status: 200,
      body: { tags: { a: 'b' }, sku: { name: 'Default', capacity: 3 } },
    });
    clock.advance(60_000);
    expect(namesIn(await call('onlineEndpoints/fresh/deployments'))).toEqual(['blue']);
    const bad = await call('onlineEndpoints/fresh/deployments/-', 'PUT', deploymentBody());
    expect(bad.status).toBe(400);
  });
});

test('batch endpoints take Entra tokens only, and have deployments', async () => {
  expect((await call('batchEndpoints/nightly', 'PUT', body())).status).toBe(400);
  const made = await call('batchEndpoints/nightly', 'PUT', { properties: { authMode: 'AADToken' } });
  expect(made).toMatchObject({
    status: 201,
    body: { properties: { scoringUri: `${emulated().origin}/inference/northeurope/nightly/jobs` } },
  });
  clock.advance(60_000);
  expect(
    (await call('batchEndpoints/nightly/deployments/one', 'PUT', { properties: { model: 'm' } })).status,
  ).toBe(201);
  expect(namesIn(await call('batchEndpoints'))).toEqual(['nightly']);
  expect((await call('batchEndpoints/nightly/listkeys', 'POST')).status).toBe(400);
});

test('serverless endpoints have keys, which are of this run and can be regenerated', async () => {
  const properties = { authMode: 'Key', modelSettings: { modelId: 'azureml://registries/azureml/models/m' } };
  const made = await call('serverlessEndpoints/chat', 'PUT', { sku: { name: 'Consumption' }, properties });
  expect(made).toMatchObject({
    status: 201,
    body: { properties: { ...properties, endpointState: 'Online', provisioningState: 'Creating' } },
  });
  expect(at(made.body, 'properties.inferenceEndpoint.uri')).toContain('/chat');
  clock.advance(60_000);
  const keys = async (): Promise<unknown> => (await call('serverlessEndpoints/chat/listKeys', 'POST')).body;
  const before = await keys();
  await call('serverlessEndpoints/chat/regenerateKeys', 'POST', { keyType: 'Secondary' });
  clock.advance(60_000);
  expect(at(await keys(), 'primaryKey')).toBe(at(before, 'primaryKey'));
  expect(at(await keys(), 'secondaryKey')).not.toBe(at(before, 'secondaryKey'));
  expect((await call('serverlessEndpoints/chat/listKeys', 'POST', undefined, 'auditor')).status).toBe(403);
});

test('while one key is regenerated the other has to wait, so that none comes back', async () => {
  await call('onlineEndpoints/fresh', 'PUT', body());
  clock.advance(60_000);
  const keys = async (): Promise<unknown> => (await call('onlineEndpoints/fresh/listKeys', 'POST')).body;
  const before = await keys();
  const regenerate = (keyType: string) => call('onlineEndpoints/fresh/regenerateKeys', 'POST', { keyType });
  expect((await regenerate('Primary')).status).toBe(202);
  expect(await regenerate('Secondary')).toMatchObject({ status: 409, code: 'AnotherOperationInProgress' });
  clock.advance(60_000);
  expect((await regenerate('Secondary')).status).toBe(202);
  clock.advance(60_000);
  for (const name of ['primaryKey', 'secondaryKey']) {
    expect(at(await keys(), name)).not.toBe(at(before, name));
  }
});

test('the identity of an endpoint keeps its name when the endpoint is patched', async () => {
  await call('onlineEndpoints/fresh', 'PUT', body());
  clock.advance(60_000);
  const nameOf = (): unknown => {
    const { principalId = '' } = emulated().endpoint('fresh');
    return at(emulated().snapshot().tables['servicePrincipals']?.[principalId], 'displayName');
  };
  expect(nameOf()).toBe('ws1/onlineEndpoints/fresh');
  await call('onlineEndpoints/fresh', 'PATCH', { identity: { type: 'SystemAssigned' } });
  expect(nameOf()).toBe('ws1/onlineEndpoints/fresh');
});
