import { startEmulator } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { at, mlCaller, namesIn } from '../support/ml.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();
const call = mlCaller(emulated);

/** Whether a text stands in the state or in the record of requests. */
function isKept(text: unknown): boolean {
  return JSON.stringify([emulated().snapshot(), emulated().requests]).includes(String(text));
}

const blob = (credentials: unknown): unknown => ({
  properties: { datastoreType: 'AzureBlob', accountName: 'acc', containerName: 'c', credentials },
});

describe('datastores', () => {
  test('a workspace has its own four, one of them the default', async () => {
    expect(namesIn(await call('datastores'))).toEqual([
      'workspaceblobstore',
      'workspaceartifactstore',
      'workspacefilestore',
      'workspaceworkingdirectory',
    ]);
    expect((await call('datastores/WorkspaceBlobStore')).body).toMatchObject({
      name: 'workspaceblobstore',
      properties: {
        datastoreType: 'AzureBlob',
        isDefault: true,
        containerName: 'azureml-blobstore',
        credentials: { credentialsType: 'AccountKey' },
      },
    });
    expect(namesIn(await call('datastores?isDefault=true'))).toEqual(['workspaceblobstore']);
    expect((await call('datastores/workspaceblobstore', 'DELETE')).status).toBe(400);
  });

  test.each([
    ['AccountKey', 'key'],
    ['Sas', 'sasToken'],
    ['ServicePrincipal', 'clientSecret'],
    ['Certificate', 'certificate'],
  ])('the secret of %s comes out with listSecrets only', async (credentialsType, name) => {
    const secret = 'hunter2-hunter2';
    const credentials = { credentialsType, secrets: { secretsType: credentialsType, [name]: secret } };
    const made = await call('datastores/mine', 'PUT', blob(credentials));
    expect(made.status).toBe(201);
    expect(at(made.body, 'properties.credentials')).toEqual({ credentialsType });
    expect(JSON.stringify((await call('datastores/mine')).body)).not.toContain(secret);
    const secrets = await call('datastores/mine/listSecrets', 'POST');
    expect(secrets.body).toEqual({ secretsType: credentialsType, [name]: secret });
    expect(isKept(secret)).toBe(false);
  });

  test('without credentials there is no secret, and a change takes the old one away', async () => {
    const key = { credentialsType: 'AccountKey', secrets: { secretsType: 'AccountKey', key: 'k' } };
    await call('datastores/mine', 'PUT', blob(key));
    expect((await call('datastores/mine', 'PUT', blob({ credentialsType: 'None' }))).status).toBe(200);
    expect((await call('datastores/mine/listsecrets', 'POST')).body).toEqual({ secretsType: 'None' });
    await call('datastores/mine', 'DELETE');
    expect((await call('datastores/mine')).status).toBe(404);
  });

  test.each<[string, unknown, string]>([
    ['no type', { credentials: {} }, 'datastoreType'],
    ['another type', { datastoreType: 'Floppy', credentials: { credentialsType: 'None' } }, 'AzureBlob'],
    ['credentials of no kind', { datastoreType: 'AzureBlob', credentials: { x: 1 } }, 'credentialsType'],
    [
      'an account key without the key',
      { datastoreType: 'AzureBlob', credentials: { credentialsType: 'AccountKey' } },
      'secrets.key',
    ],
    [
      'a share without a name',
      { datastoreType: 'AzureFile', accountName: 'a', credentials: { credentialsType: 'None' } },
      'fileShareName',
    ],
  ])('%s is refused', async (_, properties, text) => {
    const answer = await call('datastores/mine', 'PUT', { properties });
    expect(answer).toMatchObject({ status: 400, code: 'UserError' });
    expect(at(answer.body, 'error.message')).toContain(text);
  });

  test('who may list secrets is a matter of roles', async () => {
    const path = 'datastores/workspaceblobstore/listSecrets';
    expect((await call(path, 'POST', undefined, 'auditor')).code).toBe('AuthorizationFailed');
    expect((await call(path, 'POST', undefined, 'trainer')).status).toBe(200);
  });
});

describe('connections', () => {
  const properties = {
    authType: 'ApiKey',
    category: 'AzureOpenAI',
    target: 'https://example.openai.azure.com',
    credentials: { key: 'hunter2-hunter2' },
  };

  test('credentials come out with listSecrets only', async () => {
    expect((await call('connections/openai', 'PUT', { properties })).status).toBe(200);
    expect(at((await call('connections/openai')).body, 'properties')).toEqual({
      authType: 'ApiKey',
      category: 'AzureOpenAI',
      target: properties.target,
      credentials: null,
      isSharedToAll: false,
    });
    const { body } = await call('connections/openai/listsecrets', 'POST');
    expect(at(body, 'properties.credentials')).toEqual(properties.credentials);
    expect(isKept('hunter2')).toBe(false);
    expect(isKept('https://example.openai.azure.com')).toBe(true);
    expect((await call('connections/openai/listsecrets', 'POST', undefined, 'auditor')).status).toBe(403);
  });

  test('those of older versions have one value; lists are by category and target', async () => {
    const pat = {
      authType: 'PAT',
      category: 'Git',
      target: 'https://example.com',
      value: '{"pat":"hunter2"}',
    };
    await call('connections/git', 'PUT', { properties: pat });
    await call('connections/openai', 'PUT', { properties });
    expect(isKept('hunter2')).toBe(false);
    expect(at((await call('connections/git/listSecrets', 'POST')).body, 'properties.value')).toBe(
      '{"pat":"hunter2"}',
    );
    expect(namesIn(await call('connections?category=git'))).toEqual(['git']);
    expect(namesIn(await call(`connections?target=${encodeURIComponent(properties.target)}`))).toEqual([
      'openai',
    ]);
    expect((await call('connections/git', 'DELETE')).status).toBe(200);
    expect((await call('connections/git', 'DELETE')).status).toBe(204);
  });
});

describe('secrets of a workspace', () => {
  test('the keys are the same wherever they are asked for, and others in every run', async () => {
    const keys = (await call('listKeys', 'POST')).body;
    const storage = (await call('listStorageAccountKeys', 'POST')).body;
    const store = (await call('datastores/workspaceblobstore/listSecrets', 'POST')).body;
    expect(keys['userStorageKey']).toMatch(/^[\w-]{86}==$/);
    expect(storage).toEqual({ userStorageKey: keys['userStorageKey'] });
    expect(store['key']).toBe(keys['userStorageKey']);
    expect(keys['userStorageResourceId']).toContain('/storageAccounts/');
    expect(keys['notebookAccessKeys']).toEqual((await call('listNotebookKeys', 'POST')).body);
    expect(keys['containerRegistryCredentials']).toBeNull();
    expect(isKept(keys['userStorageKey'])).toBe(false);

    const other = await startEmulator();
    const others = (await mlCaller(() => other)('listKeys', 'POST')).body;
    expect(others['userStorageKey']).not.toBe(keys['userStorageKey']);
    await other.close();
  });

  test('a container registry has a name and two passwords', async () => {
    const id = `${emulated()
      .workspace('ws1')
      .id.replace(/\/providers\/.*/, '')}/providers/Microsoft.ContainerRegistry/registries/images`;
    const { restore, snapshot } = emulated();
    const tables = structuredClone(snapshot().tables) as Record<
      string,
      Record<string, Record<string, unknown>>
    >;
    const key = emulated().workspace('ws1').id.toLowerCase();
    tables['workspaces']![key]!['properties'] = { containerRegistry: id };
    restore({ version: 1, tables });
    const { body } = await call('listKeys', 'POST');
    expect(body['containerRegistryCredentials']).toMatchObject({
      username: 'images',
      passwords: [{ name: 'password' }, { name: 'password2' }],
    });
  });

  test('the token of notebooks is new each time', async () => {
    const { body } = await call('listNotebookAccessToken', 'POST');
    expect(body).toMatchObject({ tokenType: 'Bearer', expiresIn: 28_800, scope: 'aznb_identity' });
    expect(body['hostName']).toContain('.notebooks.azure.net');
    expect(isKept(body['accessToken'])).toBe(false);
  });

  test.each([
    ['listKeys', 403],
    ['listStorageAccountKeys', 403],
    ['resyncKeys', 403],
    // By the list of operations these are reads.
    ['listNotebookKeys', 200],
    ['listNotebookAccessToken', 200],
    ['diagnose', 202],
  ])('%s asked for by a reader: %i', async (action, status) => {
    const answer = await call(action, 'POST', undefined, 'auditor');
    expect(answer.status).toBe(status);
    const verb = status === 403 ? 'action' : 'read';
    expect(answer.headers.get('x-emu-decision')).toContain(
      `action=Microsoft.MachineLearningServices/workspaces/${action}/${verb}`,
    );
  });

  test('a data scientist may do it all, except read the keys of the workspace', async () => {
    expect((await call('listKeys', 'POST', undefined, 'trainer')).status).toBe(403);
    expect((await call('listStorageAccountKeys', 'POST', undefined, 'trainer')).status).toBe(200);
  });

  test.each<[string, unknown]>([
    ['resyncKeys', undefined],
    ['diagnose', { value: { userDefinedRouteResults: [], keyVaultResults: [] } }],
    ['prepareNotebook', { isPrivateLinkEnabled: false }],
  ])('%s is long-running and leaves the workspace alone', async (action, result) => {
    const started = await call(action, 'POST', {});
    expect(started.status).toBe(202);
    expect(at((await call('')).body, 'properties.provisioningState')).toBe('Succeeded');
    const done = await call(started.headers.get('location')!);
    expect(done.status).toBe(200);
    if (result !== undefined) expect(done.body).toMatchObject(result as object);
  });

  test('lists that every workspace has', async () => {
    const { body } = await call('outboundNetworkDependenciesEndpoints', 'GET', undefined, 'auditor');
    expect(JSON.stringify(body)).toContain('westeurope.api.azureml.ms');
    for (const list of ['features', 'privateLinkResources', 'privateEndpointConnections']) {
      expect((await call(list)).status).toBe(200);
    }
  });
});

test('quotas, usages and sizes of a region', async () => {
  const location = `/subscriptions/${emulated().subscription().id}/providers/Microsoft.MachineLearningServices/locations/westeurope`;
  await call('computes/big', 'PUT', {
    properties: {
      computeType: 'AmlCompute',
      properties: { vmSize: 'STANDARD_NC6S_V3', scaleSettings: { minNodeCount: 2, maxNodeCount: 2 } },
    },
  });
  const usages = (await call(`${location}/usages`)).body['value'] as readonly Record<string, unknown>[];
  const family = (rows: readonly Record<string, unknown>[]) =>
    rows.find(({ name }) => at(name, 'value') === 'standardNCSv3Family');
  expect(family(usages)).toMatchObject({
    currentValue: 12,
    limit: 100,
    unit: 'Count',
    amlWorkspaceLocation: 'westeurope',
  });
  const quotas = (await call(`${location}/quotas`)).body['value'] as readonly Record<string, unknown>[];
  expect(family(quotas)).toMatchObject({ limit: 100 });
  const sizes = (await call(`${location}/vmSizes`)).body['value'] as readonly Record<string, unknown>[];
  expect(sizes).toContainEqual(expect.objectContaining({ name: 'Standard_NC6s_v3', gpus: 1 }));
});
