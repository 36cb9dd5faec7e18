import { manualClock } from '@aml-auth/core/testing';
import { expect, test } from 'vitest';

import { ARM, ask, hostsSeed } from '../support/hosts.js';
import { at, mlCaller, namesIn, type MlAnswer } from '../support/ml.js';
import { withEmulator } from '../support/with-emulator.js';

const clock = manualClock(Date.parse('2026-11-22T09:00:00Z'));
const emulated = withEmulator({
  clock,
  seed: {
    ...hostsSeed,
    roleAssignments: [
      ...hostsSeed.roleAssignments!,
      { principal: 'user:bob@contoso', role: 'AzureML Data Scientist', scope: '/dev/rg-ml/ws1' },
    ],
  },
});
const call = mlCaller(emulated);

const command = (more: Record<string, unknown> = {}): unknown => ({
  properties: {
    jobType: 'Command',
    command: 'python train.py',
    environmentId: 'azureml:base:1',
    computeId: `${emulated().workspace('ws1').id}/computes/gpu`,
    ...more,
  },
});

const submit = (name: string, more?: Record<string, unknown>): Promise<MlAnswer> =>
  call(`jobs/${name}`, 'PUT', command(more), 'trainer');
const statusOf = async (name: string): Promise<unknown> =>
  at((await call(`jobs/${name}`)).body, 'properties.status');

test('a command job is queued, starts, runs and is completed as the clock goes on', async () => {
  const made = await submit('train-1', {
    displayName: 'Train',
    experimentName: 'trees',
    tags: { team: 'a' },
  });
  expect(made).toMatchObject({
    status: 201,
    body: {
      id: `${emulated().workspace('ws1').id}/jobs/train-1`,
      type: 'Microsoft.MachineLearningServices/workspaces/jobs',
      properties: {
        status: 'Queued',
        jobType: 'Command',
        displayName: 'Train',
        experimentName: 'trees',
        services: { Studio: { jobServiceType: 'Studio' }, Tracking: { jobServiceType: 'Tracking' } },
        outputs: { default: { jobOutputType: 'uri_folder' } },
      },
      systemData: { createdBy: emulated().app('trainer').clientId },
    },
  });
  const seen: unknown[] = [];
  for (let second = 0; second < 6; second += 1) {
    seen.push(await statusOf('train-1'));
    clock.advance(1000);
  }
  expect(seen).toEqual(['Queued', 'Starting', 'Running', 'Running', 'Running', 'Completed']);
  const { body } = await call('jobs/train-1');
  const span = at(body, 'properties.properties') as Record<string, string>;
  expect(Date.parse(`${span['EndTimeUtc']!}Z`) - Date.parse(`${span['StartTimeUtc']!}Z`)).toBe(3000);
});

test('a job can be asked to take longer, and to fail', async () => {
  await submit('bad', { properties: { 'emu.status': 'Failed', 'emu.duration': '2h' } });
  clock.advance(7_000_000);
  expect(await statusOf('bad')).toBe('Running');
  clock.advance(300_000);
  expect(await statusOf('bad')).toBe('Failed');
});

test('a cluster has a node for a job that runs there', async () => {
  await submit('train-1');
  const nodes = async (): Promise<unknown> => (await call('computes/gpu/listNodes', 'POST')).body['nodes'];
  expect(await nodes()).toEqual([]);
  clock.advance(2000);
  expect(await nodes()).toMatchObject([{ nodeState: 'running', runId: 'train-1' }]);
  expect(
    at((await call('computes/gpu')).body, 'properties.properties.nodeStateCounts.runningNodeCount'),
  ).toBe(1);
});

test('a running job is canceled, one that has ended stays as it is', async () => {
  await submit('train-1');
  clock.advance(2000);
  const canceled = await call('jobs/train-1/cancel', 'POST', undefined, 'trainer');
  expect(canceled.status).toBe(202);
  expect((await call(canceled.headers.get('location')!, 'GET', undefined, 'trainer')).status).toBe(200);
  expect(await statusOf('train-1')).toBe('Canceled');
  clock.advance(60_000);
  expect(await statusOf('train-1')).toBe('Canceled');
  expect((await call('jobs/train-1/cancel', 'POST')).status).toBe(200);
  await submit('train-2');
  clock.advance(60_000);
  expect((await call('jobs/train-2/cancel', 'POST')).status).toBe(200);
  expect(await statusOf('train-2')).toBe('Completed');
});

test('a job that goes on cannot be deleted; one that has ended can', async () => {
  await submit('train-1');
  expect((await call('jobs/train-1', 'DELETE')).status).toBe(400);
  clock.advance(60_000);
  expect((await call('jobs/train-1', 'DELETE')).status).toBe(202);
  expect((await call('jobs/train-1')).status).toBe(404);
  expect((await call('jobs/train-1', 'DELETE')).status).toBe(204);
});

test('what is submitted stays; its name for people, tags and archiving can change', async () => {
  await submit('train-1');
  const changed = await call('jobs/train-1', 'PUT', {
    properties: { jobType: 'Sweep', command: 'rm', displayName: 'New', tags: { a: 'b' }, isArchived: true },
  });
  expect(changed).toMatchObject({
    status: 200,
    body: {
      properties: { jobType: 'Command', command: 'python train.py', displayName: 'New', tags: { a: 'b' } },
    },
  });
  expect(namesIn(await call('jobs'))).toEqual([]);
  expect(namesIn(await call('jobs?listViewType=All'))).toEqual(['train-1']);
});

test('the list has the newest first, and takes a type and a tag', async () => {
  await submit('train-1', { tags: { team: 'a' } });
  await submit('train-2', { tags: { team: 'b' } });
  await call('jobs/pipe', 'PUT', { properties: { jobType: 'Pipeline' } });
  expect(namesIn(await call('jobs'))).toEqual(['pipe', 'train-2', 'train-1']);
  expect(namesIn(await call('jobs?jobType=command'))).toEqual(['train-2', 'train-1']);
  expect(namesIn(await call('jobs?tag=team'))).toEqual(['train-2', 'train-1']);
  expect(namesIn(await call('jobs?tag=team=a'))).toEqual(['train-1']);
});

test.each<[string, Record<string, unknown>, string]>([
  ['no command', { command: undefined }, 'properties.command'],
  ['no environment', { environmentId: '' }, 'properties.environmentId'],
  ['another type', { jobType: 'Magic' }, "'Magic'"],
  ['a compute that is not there', { computeId: 'tpu' }, "Unknown compute target 'tpu'."],
  ['an identity of no kind', { identity: { identityType: 'Root' } }, "'Root'"],
  ['an end that is none', { properties: { 'emu.status': 'Exploded' } }, 'emu.status'],
  ['a duration that is none', { properties: { 'emu.duration': 'long' } }, 'emu.duration'],
])('%s is refused', async (_, more, text) => {
  const answer = await submit('train-1', more);
  expect(answer).toMatchObject({ status: 400, code: 'UserError' });
  expect(at(answer.body, 'error.message')).toContain(text);
});

test('a job fails with a managed identity that its compute does not have', async () => {
  const compute = (name: string): string => `${emulated().workspace('ws1').id}/computes/${name}`;
  const { clientId, id: resourceId } = emulated().identity('id-cluster');
  const managed = (more: Record<string, unknown> = {}) => ({
    identity: { identityType: 'managed', ...more },
  });
  await submit('with', { computeId: compute('cpu'), ...managed({ clientId }) });
  await submit('with-id', { computeId: compute('cpu'), ...managed({ resourceId }) });
  await submit('with-any', { computeId: compute('gpu'), ...managed() });
  await submit('without', { computeId: compute('gpu'), ...managed({ clientId }) });
  await submit('without-any', { computeId: compute('bare'), ...managed() });
  clock.advance(60_000);
  expect(await Promise.all(['with', 'with-id', 'with-any', 'without', 'without-any'].map(statusOf))).toEqual([
    'Completed',
    'Completed',
    'Completed',
    'Failed',
    'Failed',
  ]);
});

test('while a job with a user identity runs, its host has a token of who submitted it', async () => {
  const { upn, token } = await bob();
  const response = await emulated().fetch(
    `${emulated().origin}${emulated().workspace('ws1').id}/jobs/mine?api-version=2024-10-01`,
    {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(command({ identity: { identityType: 'UserIdentity' } })),
    },
  );
  expect(response.status).toBe(201);
  expect(emulated().host('gpu').env).not.toHaveProperty('OBO_ENDPOINT');
  clock.advance(2000);
  const { OBO_ENDPOINT } = emulated().host('gpu').env;
  expect((await ask(emulated(), OBO_ENDPOINT, { resource: ARM })).claims).toMatchObject({ upn });
  clock.advance(60_000);
  expect((await ask(emulated(), OBO_ENDPOINT, { resource: ARM })).status).toBe(404);
});

/** Bob as Azure CLI signs him in. */
async function bob(): Promise<{ upn: string; token: string }> {
  const { name: upn, password, tenantId } = emulated().user('bob@contoso');
  const device = await post(`${tenantId}/oauth2/v2.0/devicecode`, {
    client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    scope: 'https://management.azure.com/.default',
  });
  expect(password).toBeDefined();
  emulated().approveDeviceCode(String(device['user_code']), upn);
  const { access_token: token } = await post(`${tenantId}/oauth2/v2.0/token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    device_code: String(device['device_code']),
  });
  return { upn, token: String(token) };
}

async function post(path: string, form: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await emulated().fetch(`${emulated().origin}/${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return (await response.json()) as Record<string, unknown>;
}
