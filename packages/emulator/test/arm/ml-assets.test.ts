import { expect, test } from 'vitest';

import { at, mlCaller, namesIn } from '../support/ml.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ pageSize: 2 });
const call = mlCaller(emulated);

const VERSIONS: readonly (readonly [path: string, properties: Record<string, unknown>])[] = [
  ['models', { modelUri: 'azureml://datastores/workspaceblobstore/paths/m' }],
  ['data', { dataType: 'uri_folder', dataUri: 'azureml://datastores/workspaceblobstore/paths/d' }],
  ['environments', { image: 'mcr.microsoft.com/azureml/base' }],
  ['components', { componentSpec: { name: 'train', type: 'command' } }],
  ['codes', { codeUri: 'https://example.blob.core.windows.net/code' }],
];

test.each(VERSIONS)(
  '%s: a version makes its container, which knows the latest one',
  async (path, properties) => {
    const made = await call(`${path}/thing/versions/1`, 'PUT', {
      properties: { ...properties, description: 'first' },
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: `${emulated().workspace('ws1').id}/${path}/thing/versions/1`,
        name: '1',
        type: `Microsoft.MachineLearningServices/workspaces/${path}/versions`,
        properties: { ...properties, description: 'first', isArchived: false, isAnonymous: false },
        systemData: { createdByType: 'Application' },
      },
    });
    expect((await call(`${path}/thing/versions/2`, 'PUT', { properties })).status).toBe(201);
    expect((await call(`${path}/thing/versions/2`, 'PUT', { properties })).status).toBe(200);
    const container = await call(`${path}/thing`);
    expect(container.body).toMatchObject({
      type: `Microsoft.MachineLearningServices/workspaces/${path}`,
      properties: { latestVersion: '2', nextVersion: '3', isArchived: false },
    });
    expect(namesIn(await call(`${path}/thing/versions`))).toEqual(['2', '1']);
    expect(namesIn(await call(`${path}/thing/versions?$orderBy=createdtime asc`))).toEqual(['1', '2']);
    expect(namesIn(await call(path))).toEqual(['thing']);
    expect((await call(`${path}/thing/versions/1`, 'DELETE')).status).toBe(200);
    expect((await call(`${path}/thing/versions/1`, 'DELETE')).status).toBe(204);
    expect((await call(`${path}/thing`, 'DELETE')).status).toBe(200);
    expect((await call(`${path}/thing/versions/2`)).status).toBe(404);
  },
);

test('a container can be made first, and a data container needs its type', async () => {
  expect((await call('models/empty', 'PUT', { properties: { description: 'none yet' } })).status).toBe(201);
  expect(at((await call('models/empty')).body, 'properties')).toEqual({
    description: 'none yet',
    isArchived: false,
    latestVersion: null,
    nextVersion: '1',
  });
  const refused = await call('data/empty', 'PUT', { properties: {} });
  expect(refused).toMatchObject({ status: 400, code: 'UserError' });
  expect(at(refused.body, 'error.message')).toContain('properties.dataType');
});

test('a list goes over pages, takes $top, and leaves out what is archived', async () => {
  for (const version of ['1', '2', '3', '4', '5']) {
    const properties = { modelUri: 'azureml://x', isArchived: version === '2' };
    await call(`models/m/versions/${version}`, 'PUT', { properties });
  }
  const first = await call('models/m/versions');
  expect(namesIn(first)).toEqual(['5', '4']);
  expect(namesIn(await call(String(first.body['nextLink'])))).toEqual(['3', '1']);
  expect(namesIn(await call('models/m/versions?listViewType=ArchivedOnly'))).toEqual(['2']);
  const top = await call('models/m/versions?$top=1&listViewType=All');
  expect(namesIn(top)).toEqual(['5']);
  expect(top.body['nextLink']).toBeUndefined();
});

test('names in any case lead to the same thing, which keeps its spelling', async () => {
  await call('models/Mine/versions/1', 'PUT', { properties: { modelUri: 'azureml://x' } });
  await call('MODELS/mine/VERSIONS/2', 'PUT', { properties: { modelUri: 'azureml://x' } });
  expect((await call('models/MINE/versions/2')).body['id']).toBe(
    `${emulated().workspace('ws1').id}/models/Mine/versions/2`,
  );
  expect(at((await call('models/mine')).body, 'properties.latestVersion')).toBe('2');
});

test.each<[string, string, unknown, string]>([
  ['no properties', 'models/m/versions/1', {}, 'properties is required'],
  ['no address', 'models/m/versions/1', { properties: { modelUri: '' } }, 'properties.modelUri is required'],
  ['a name that is none', 'models/-m', { properties: {} }, "'-m' of the model container"],
  ['a version in a name that is none', 'models/-m/versions/1', { properties: { modelUri: 'x' } }, "'-m'"],
  ['a version that is none', 'models/m/versions/-', { properties: { modelUri: 'x' } }, "'-' of the model"],
])('%s is refused as the service does, with what happened in additionalInfo', async (_, path, body, text) => {
  const answer = await call(path, 'PUT', body);
  expect(answer).toMatchObject({ status: 400, code: 'UserError' });
  expect(answer.headers.get('x-ms-error-code')).toBe('UserError');
  expect(at(answer.body, 'error.message')).toContain(text);
  expect(at(answer.body, 'error.additionalInfo')).toContainEqual({
    type: 'InnerError',
    info: { value: { code: 'BadArgumentError', innerError: null } },
  });
});

test('one that is not there', async () => {
  const answer = await call('models/none');
  expect(answer).toMatchObject({ status: 404, code: 'UserError' });
  expect(at(answer.body, 'error.message')).toBe('Model container none not found.');
});

test('roles decide: a reader reads, a data scientist writes', async () => {
  const body = { properties: { modelUri: 'azureml://x' } };
  expect((await call('models/m/versions/1', 'PUT', body, 'auditor')).code).toBe('AuthorizationFailed');
  expect((await call('models/m/versions/1', 'PUT', body, 'trainer')).status).toBe(201);
  expect((await call('models/m/versions/1', 'GET', undefined, 'auditor')).status).toBe(200);
});

test('assets go with their workspace', async () => {
  await call('models/m/versions/1', 'PUT', { properties: { modelUri: 'azureml://x' } });
  await call(emulated().workspace('ws1').id, 'DELETE');
  expect(Object.keys(emulated().snapshot().tables['workspaceResources']!)).toEqual([]);
});

test('schedules are kept', async () => {
  const properties = {
    action: { actionType: 'CreateJob' },
    trigger: { triggerType: 'Cron', expression: '0 0 * * *' },
  };
  expect((await call('schedules/nightly', 'PUT', { properties })).status).toBe(201);
  expect(at((await call('schedules/nightly')).body, 'properties')).toMatchObject({
    isEnabled: true,
    provisioningState: 'Succeeded',
  });
});
