import { manualClock } from '@aml-auth/core/testing';
import { expect, test } from 'vitest';

import { ARM, ask, hostsSeed, readAs, type HostAnswer } from '../support/hosts.js';
import { at, mlCaller, type MlAnswer } from '../support/ml.js';
import { withEmulator } from '../support/with-emulator.js';

const START = Date.parse('2026-11-22T09:00:00Z');
const clock = manualClock(START);
const emulated = withEmulator({
  clock,
  seed: {
    ...hostsSeed,
    operations: { duration: '90s' },
    roleDefinitions: [
      {
        name: 'Compute Maker',
        actions: ['Microsoft.MachineLearningServices/workspaces/computes/*'],
        assignableScopes: ['/dev'],
      },
    ],
    roleAssignments: [
      ...hostsSeed.roleAssignments!,
      { principal: 'app:auditor', role: 'Compute Maker', scope: '/dev/rg-ml' },
    ],
  },
});
const call = mlCaller(emulated);
const identityId = (): string => emulated().identity('id-cluster').id;

const cluster = (identity?: unknown, scale: unknown = { minNodeCount: 0, maxNodeCount: 4 }): unknown => ({
  location: 'northeurope',
  ...(identity === undefined ? {} : { identity }),
  properties: {
    computeType: 'AmlCompute',
    description: 'for training',
    properties: { vmSize: 'STANDARD_DS3_V2', scaleSettings: scale },
  },
});

function instance(user?: string): unknown {
  const { id: objectId, tenantId } = emulated().user(user ?? 'alice@contoso');
  const personal = { personalComputeInstanceSettings: { assignedUser: { objectId, tenantId } } };
  return {
    location: 'northeurope',
    properties: {
      computeType: 'ComputeInstance',
      properties: { vmSize: 'STANDARD_DS3_V2', ...(user === undefined ? {} : personal) },
    },
  };
}

/** Goes on by as long as an operation takes. */
function wait(): void {
  clock.advance(90_000);
}

function token(host: string, query: Record<string, string> = {}): Promise<HostAnswer> {
  const { MSI_ENDPOINT, MSI_SECRET = '', DEFAULT_IDENTITY_CLIENT_ID = '' } = emulated().host(host).env;
  return ask(
    emulated(),
    MSI_ENDPOINT,
    { 'api-version': '2017-09-01', resource: ARM, clientid: DEFAULT_IDENTITY_CLIENT_ID, ...query },
    { headers: { Metadata: 'true', secret: MSI_SECRET } },
  );
}

async function status(answer: MlAnswer): Promise<unknown> {
  return (await call(answer.headers.get('azure-asyncoperation')!)).body['status'];
}

test('a cluster is made: 201, a status document to poll, and its state on the way', async () => {
  const made = await call('computes/fresh', 'PUT', cluster({ type: 'SystemAssigned' }));
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    name: 'fresh',
    location: 'northeurope',
    identity: { type: 'SystemAssigned' },
    properties: { provisioningState: 'Creating', description: 'for training', computeType: 'AmlCompute' },
  });
  expect(made.headers.get('azure-asyncoperation')).toContain('/computeOperationsStatus/');
  expect(await status(made)).toBe('InProgress');
  wait();
  expect(await status(made)).toBe('Succeeded');
  const { body } = await call('computes/fresh');
  expect(body['properties']).toMatchObject({
    provisioningState: 'Succeeded',
    createdOn: new Date(clock.now() - 90_000).toISOString(),
    properties: { allocationState: 'Steady', currentNodeCount: 0, scaleSettings: { maxNodeCount: 4 } },
  });
  expect(body['systemData']).toMatchObject({ createdBy: emulated().app('platform-admin').clientId });
});

test('its identity is made with it, is at its endpoint, and goes with it', async () => {
  await call('computes/fresh', 'PUT', cluster({ type: 'SystemAssigned' }));
  wait();
  const { principalId } = emulated().compute('fresh');
  expect((await token('fresh')).claims['oid']).toBe(principalId);
  await call('computes/fresh?underlyingResourceAction=Delete', 'DELETE');
  expect(emulated().compute('fresh').principalId).toBe(principalId);
  expect(at((await call('computes/fresh')).body, 'properties.provisioningState')).toBe('Deleting');
  wait();
  expect((await call('computes/fresh')).status).toBe(404);
  expect(() => emulated().compute('fresh')).toThrow(/no compute fresh/);
  expect(emulated().host('fresh').identities).toEqual([]);
  expect((await token('fresh')).text).toBe('Nothing answers: the compute fresh is gone.');
});

test('the endpoint follows a change from a system-assigned identity to a user-assigned one', async () => {
  await call(
    'computes/gpu',
    'PUT',
    cluster({ type: 'UserAssigned', userAssignedIdentities: { [identityId()]: {} } }),
  );
  wait();
  const { clientId, principalId } = emulated().identity('id-cluster');
  expect(emulated().compute('gpu').principalId).toBeUndefined();
  expect(emulated().host('gpu').env['DEFAULT_IDENTITY_CLIENT_ID']).toBe(clientId);
  const { body, claims } = await token('gpu');
  expect(claims['oid']).toBe(principalId);
  expect(await readAs(emulated(), body['access_token'], emulated().workspace('ws1').id)).toBe(200);
  await call('computes/gpu', 'PUT', cluster({ type: 'None' }));
  expect((await token('gpu')).status).toBe(404);
});

test('a change without an identity block keeps the identities', async () => {
  await call('computes/cpu', 'PUT', cluster());
  expect(emulated().host('cpu').identities).toMatchObject([{ id: identityId() }]);
});

test('to assign an identity takes the right to assign it; one that is there already does not', async () => {
  const identity = { type: 'UserAssigned', userAssignedIdentities: { [identityId()]: {} } };
  const refused = await call('computes/fresh', 'PUT', cluster(identity), 'auditor');
  expect(refused).toMatchObject({ status: 403, code: 'LinkedAuthorizationFailed' });
  const { clientId, objectId } = emulated().app('auditor');
  expect(at(refused.body, 'error.message')).toBe(
    `The client '${clientId}' with object id '${objectId}' has permission to perform action 'Microsoft.MachineLearningServices/workspaces/computes/write' on scope '${emulated().workspace('ws1').id}/computes/fresh'; however, it does not have permission to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${identityId()}' or the linked scope(s) are invalid.`,
  );
  expect((await call('computes/fresh', 'GET')).status).toBe(404);
  expect((await call('computes/fresh', 'PUT', cluster({ type: 'SystemAssigned' }), 'auditor')).status).toBe(
    201,
  );
});

test('an identity that does not exist is refused', async () => {
  const missing = `${identityId()}-missing`;
  const answer = await call(
    'computes/fresh',
    'PUT',
    cluster({ type: 'UserAssigned', userAssignedIdentities: { [missing]: {} } }),
  );
  expect(answer).toMatchObject({ status: 400, code: 'FailedIdentityOperation' });
  expect(at(answer.body, 'error.message')).toContain('userAssignedIdentities/id-cluster-missing');
});

test('a cluster is scaled, and lists its nodes', async () => {
  const scale = { minNodeCount: 2, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: 'PT5M' };
  const scaled = await call('computes/cpu', 'PATCH', {
    properties: { properties: { scaleSettings: scale } },
  });
  expect(scaled.status).toBe(200);
  expect(at(scaled.body, 'properties.provisioningState')).toBe('Updating');
  expect(at(scaled.body, 'properties.properties.allocationState')).toBe('Resizing');
  wait();
  const { body } = await call('computes/cpu');
  expect(at(body, 'properties.properties')).toMatchObject({ scaleSettings: scale, currentNodeCount: 2 });
  const nodes = await call('computes/cpu/listNodes', 'POST');
  expect(nodes.body['nodes']).toMatchObject([{ nodeState: 'idle' }, { nodeState: 'idle', port: 50_001 }]);
});

test('an instance is stopped and started, and answers only while it runs', async () => {
  expect((await token('alices')).status).toBe(200);
  const stopped = await call('computes/alices/stop', 'POST');
  expect(stopped.status).toBe(202);
  const state = async (): Promise<unknown> =>
    at((await call('computes/alices')).body, 'properties.properties.state');
  expect(await state()).toBe('Stopping');
  expect((await token('alices')).status).toBe(503);
  expect((await call('computes/alices/start', 'POST')).code).toBe('AnotherOperationInProgress');
  wait();
  expect(await state()).toBe('Stopped');
  expect((await token('alices')).text).toBe('Nothing answers: the compute alices is not running.');
  expect(at((await call('computes/alices')).body, 'properties.provisioningState')).toBe('Succeeded');
  await call('computes/alices/start', 'POST');
  expect(await state()).toBe('Starting');
  wait();
  expect(await state()).toBe('Running');
  expect((await token('alices')).status).toBe(200);
  await call('computes/alices/restart', 'POST');
  expect(await state()).toBe('Restarting');
  wait();
  expect(at((await call('computes/alices')).body, 'properties.properties.lastOperation')).toMatchObject({
    operationName: 'Restart',
    operationStatus: 'Succeeded',
  });
});

test('a start that fails leaves the instance stopped and says so', async () => {
  await call('computes/alices/stop', 'POST');
  wait();
  emulated().failNextOperation({ resource: 'Microsoft.MachineLearningServices/workspaces/computes' });
  const started = await call('computes/alices/start', 'POST');
  wait();
  expect(await status(started)).toBe('Failed');
  expect(at((await call('computes/alices')).body, 'properties')).toMatchObject({
    provisioningState: 'Succeeded',
    properties: { state: 'Stopped', lastOperation: { operationStatus: 'StartFailed' } },
  });
});

test('an instance is made for a person, who has a token there', async () => {
  await call('computes/bobs', 'PUT', instance('bob@contoso'));
  expect((await token('bobs')).status).toBe(503);
  wait();
  expect((await token('bobs', { clientid: 'clientid' })).claims['upn']).toBe(
    emulated().user('bob@contoso').name,
  );
});

test.each<[string, string, unknown, string]>([
  ['another type', 'fresh', { properties: { computeType: 'SynapseSpark' } }, 'SynapseSpark'],
  ['no type', 'fresh', { properties: {} }, 'compute type'],
  ['no properties', 'fresh', {}, "'properties'"],
  ['no size', 'fresh', { properties: { computeType: 'AmlCompute', properties: {} } }, 'vmSize'],
  ['nodes below none', 'fresh', cluster(undefined, { minNodeCount: -1, maxNodeCount: 1 }), 'minNodeCount -1'],
  [
    'less than the least',
    'fresh',
    cluster(undefined, { minNodeCount: 3, maxNodeCount: 1 }),
    'maxNodeCount 1',
  ],
  ['half a node', 'fresh', cluster(undefined, { minNodeCount: 0.5, maxNodeCount: 1 }), '0.5'],
  ['a name that is too short', 'x', cluster(), 'compute name'],
  ['another type for one that is there', 'alices', cluster(), 'cannot be changed'],
])('%s is refused', async (_, name, body, text) => {
  const answer = await call(`computes/${name}`, 'PUT', body);
  expect(answer).toMatchObject({ status: 400, code: 'ValidationError' });
  expect(at(answer.body, 'error.message')).toContain(text);
});

test.each<[string, string, string, unknown]>([
  ['to delete without saying what of', 'computes/cpu', 'DELETE', undefined],
  ['to scale an instance', 'computes/alices', 'PATCH', { properties: {} }],
  ['to stop a cluster', 'computes/cpu/stop', 'POST', undefined],
  ['nodes of an instance', 'computes/alices/listNodes', 'POST', undefined],
  ['keys of what has none', 'computes/cpu/listKeys', 'POST', undefined],
])('%s is refused', async (_, path, method, body) => {
  expect(await call(path, method, body)).toMatchObject({ status: 400, code: 'ValidationError' });
});

test('an assigned user must be in the tenant', async () => {
  const stranger = '00000000-0000-4000-8000-000000000001';
  const body = instance('alice@contoso') as { properties: { properties: Record<string, unknown> } };
  body.properties.properties['personalComputeInstanceSettings'] = { assignedUser: { objectId: stranger } };
  const answer = await call('computes/theirs', 'PUT', body);
  expect(at(answer.body, 'error.message')).toContain(stranger);
});

test('the password of the administrator of nodes is nowhere to be seen', async () => {
  const body = cluster() as { properties: { properties: Record<string, unknown> } };
  body.properties.properties['userAccountCredentials'] = {
    adminUserName: 'root',
    adminUserPassword: 'hunter2!',
  };
  const made = await call('computes/fresh', 'PUT', body);
  expect(at(made.body, 'properties.properties.userAccountCredentials')).toEqual({ adminUserName: 'root' });
  expect(JSON.stringify([emulated().snapshot(), emulated().requests]).includes('hunter2!')).toBe(false);
});

test('one that is not there: 204 to delete, 404 to start', async () => {
  expect((await call('computes/none?underlyingResourceAction=Detach', 'DELETE')).status).toBe(204);
  expect((await call('computes/none/start', 'POST')).status).toBe(404);
});

test('an instance is resized and told when to turn itself off', async () => {
  await call('computes/alices/stop', 'POST');
  wait();
  expect((await call('computes/alices/resize', 'POST', { targetVMSize: 'STANDARD_F4S_V2' })).status).toBe(
    202,
  );
  wait();
  const idle = { idleTimeBeforeShutdown: 'PT60M' };
  expect((await call('computes/alices/updateIdleShutdownSetting', 'POST', idle)).status).toBe(200);
  expect(at((await call('computes/alices')).body, 'properties.properties')).toMatchObject({
    ...idle,
    vmSize: 'STANDARD_F4S_V2',
    state: 'Stopped',
  });
  expect((await call('computes/alices/resize', 'POST', {})).status).toBe(400);
  expect((await call('computes/cpu/resize', 'POST', { targetVMSize: 'x' })).status).toBe(400);
});
