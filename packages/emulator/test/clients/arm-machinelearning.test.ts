import { AzureMachineLearningWorkspaces, type ComputeInstance } from '@azure/arm-machinelearning';
import { ClientSecretCredential } from '@azure/identity';
import { demoSeed, trustEmulator } from '@aml-auth/emulator';
import { beforeAll, describe, expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({
  pageSize: 2,
  emptyPages: true,
  seed: { ...demoSeed, operations: { duration: '0s' } },
});

beforeAll(() => {
  trustEmulator(emulated());
});

const GROUP = 'rg-ml';
const WORKSPACE = 'ws1';
/** Poll at once: an operation of the emulator is over when it is asked for. */
const NOW = { updateIntervalInMs: 1 };

function client(app = 'platform-admin'): AzureMachineLearningWorkspaces {
  const { tenantId, clientId, secret } = emulated().app(app);
  const { origin } = emulated();
  const credential = new ClientSecretCredential(tenantId, clientId, secret!, {
    authorityHost: origin,
    disableInstanceDiscovery: true,
  });
  return new AzureMachineLearningWorkspaces(credential, emulated().subscription('dev').id, {
    endpoint: origin,
    retryOptions: { maxRetries: 0 },
  });
}

async function namesOf(pages: AsyncIterable<{ readonly name?: string }>): Promise<readonly unknown[]> {
  const names: unknown[] = [];
  for await (const { name } of pages) names.push(name);
  return names;
}

describe('an unmodified @azure/arm-machinelearning', () => {
  test('makes, reads, lists and deletes a workspace', async () => {
    const { workspaces } = client();
    const { storageAccount, keyVault, applicationInsights } = await workspaces.get(GROUP, WORKSPACE);
    const made = await workspaces.beginCreateOrUpdateAndWait(
      GROUP,
      'fresh',
      {
        location: 'westeurope',
        identity: { type: 'SystemAssigned' },
        storageAccount: storageAccount!,
        keyVault: keyVault!,
        applicationInsights: applicationInsights!,
        friendlyName: 'Fresh',
      },
      NOW,
    );
    expect(made).toMatchObject({ name: 'fresh', friendlyName: 'Fresh', provisioningState: 'Succeeded' });
    expect(made.identity?.principalId).toBe(emulated().workspace('fresh').principalId);
    expect(await namesOf(workspaces.listBySubscription())).toEqual([WORKSPACE, 'fresh']);
    expect(await namesOf(workspaces.listByResourceGroup(GROUP))).toEqual([WORKSPACE, 'fresh']);
    await workspaces.beginDeleteAndWait(GROUP, 'fresh', NOW);
    await expect(workspaces.get(GROUP, 'fresh')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
    });
  });

  test('reads the secrets of a workspace, where it may', async () => {
    const { workspaces } = client();
    const keys = await workspaces.listKeys(GROUP, WORKSPACE);
    expect(keys.userStorageKey).toHaveLength(88);
    expect((await workspaces.listStorageAccountKeys(GROUP, WORKSPACE)).userStorageKey).toBe(
      keys.userStorageKey,
    );
    expect(await workspaces.listNotebookKeys(GROUP, WORKSPACE)).toEqual(keys.notebookAccessKeys);
    expect((await workspaces.listNotebookAccessToken(GROUP, WORKSPACE)).tokenType).toBe('Bearer');
    expect((await workspaces.beginDiagnoseAndWait(GROUP, WORKSPACE, NOW)).value?.keyVaultResults).toEqual([]);
    expect((await workspaces.beginPrepareNotebookAndWait(GROUP, WORKSPACE, NOW)).resourceId).toBeDefined();
    await workspaces.beginResyncKeysAndWait(GROUP, WORKSPACE, NOW);
    const { value = [] } = await workspaces.listOutboundNetworkDependenciesEndpoints(GROUP, WORKSPACE);
    expect(value.length).toBeGreaterThan(0);
    await expect(client('auditor').workspaces.listKeys(GROUP, WORKSPACE)).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
    });
  });

  test('makes, scales and deletes a cluster', async () => {
    const { computeOperations: computes } = client();
    const made = await computes.beginCreateOrUpdateAndWait(
      GROUP,
      WORKSPACE,
      'fresh',
      {
        location: 'westeurope',
        identity: { type: 'SystemAssigned' },
        properties: {
          computeType: 'AmlCompute',
          properties: { vmSize: 'STANDARD_DS3_V2', scaleSettings: { minNodeCount: 0, maxNodeCount: 2 } },
        },
      },
      NOW,
    );
    expect(made.properties).toMatchObject({ computeType: 'AmlCompute', provisioningState: 'Succeeded' });
    const scaleSettings = { minNodeCount: 3, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: 'PT5M' };
    await computes.beginUpdateAndWait(GROUP, WORKSPACE, 'fresh', { properties: { scaleSettings } }, NOW);
    const nodes: unknown[] = [];
    for await (const { nodeState } of computes.listNodes(GROUP, WORKSPACE, 'fresh')) nodes.push(nodeState);
    expect(nodes).toEqual(['idle', 'idle', 'idle']);
    expect(await namesOf(computes.list(GROUP, WORKSPACE))).toEqual(['cpu', 'fresh']);
    await computes.beginDeleteAndWait(GROUP, WORKSPACE, 'fresh', 'Delete', NOW);
    expect(await namesOf(computes.list(GROUP, WORKSPACE))).toEqual(['cpu']);
  });

  test('turns an instance off and on', async () => {
    const { computeOperations: computes } = client();
    const { id: objectId, tenantId } = emulated().user('alice@contoso');
    await computes.beginCreateOrUpdateAndWait(
      GROUP,
      WORKSPACE,
      'alices',
      {
        location: 'westeurope',
        properties: {
          computeType: 'ComputeInstance',
          properties: {
            vmSize: 'STANDARD_DS3_V2',
            personalComputeInstanceSettings: { assignedUser: { objectId, tenantId } },
          },
        },
      },
      NOW,
    );
    const state = async (): Promise<unknown> => {
      const { properties } = await computes.get(GROUP, WORKSPACE, 'alices');
      return (properties as ComputeInstance | undefined)?.properties?.state;
    };
    await computes.beginStopAndWait(GROUP, WORKSPACE, 'alices', NOW);
    expect(await state()).toBe('Stopped');
    await computes.beginStartAndWait(GROUP, WORKSPACE, 'alices', NOW);
    expect(await state()).toBe('Running');
    await computes.beginRestartAndWait(GROUP, WORKSPACE, 'alices', NOW);
    expect(await state()).toBe('Running');
  });

  test('makes an online endpoint, and scores with its keys', async () => {
    const { onlineEndpoints, onlineDeployments } = client();
    const body = { location: 'westeurope', identity: { type: 'SystemAssigned' } };
    await onlineEndpoints.beginCreateOrUpdateAndWait(
      GROUP,
      WORKSPACE,
      'scoring',
      { ...body, properties: { authMode: 'Key' } },
      NOW,
    );
    const deployed = await onlineDeployments.beginCreateOrUpdateAndWait(
      GROUP,
      WORKSPACE,
      'scoring',
      'blue',
      {
        location: 'westeurope',
        sku: { name: 'Default', capacity: 1 },
        properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS3_v2' },
      },
      NOW,
    );
    expect(deployed.properties.provisioningState).toBe('Succeeded');
    const endpoint = await onlineEndpoints.beginCreateOrUpdateAndWait(
      GROUP,
      WORKSPACE,
      'scoring',
      { ...body, properties: { authMode: 'Key', traffic: { blue: 100 } } },
      NOW,
    );
    expect(endpoint.properties).toMatchObject({ provisioningState: 'Succeeded', traffic: { blue: 100 } });
    const { primaryKey, secondaryKey } = await onlineEndpoints.listKeys(GROUP, WORKSPACE, 'scoring');
    expect(await scored(endpoint.properties.scoringUri, primaryKey)).toEqual([200, 'blue']);
    await onlineEndpoints.beginRegenerateKeysAndWait(
      GROUP,
      WORKSPACE,
      'scoring',
      { keyType: 'Primary' },
      NOW,
    );
    expect(await scored(endpoint.properties.scoringUri, primaryKey)).toEqual([401, null]);
    expect(await scored(endpoint.properties.scoringUri, secondaryKey)).toEqual([200, 'blue']);
    expect(await namesOf(onlineEndpoints.list(GROUP, WORKSPACE))).toEqual(['scoring']);
    await onlineEndpoints.beginUpdateAndWait(GROUP, WORKSPACE, 'scoring', { tags: { a: 'b' } }, NOW);
    expect((await onlineEndpoints.get(GROUP, WORKSPACE, 'scoring')).tags).toEqual({ a: 'b' });
    const { content } = await onlineDeployments.getLogs(GROUP, WORKSPACE, 'scoring', 'blue', {});
    expect(content).toContain('blue');
    await onlineEndpoints.beginDeleteAndWait(GROUP, WORKSPACE, 'scoring', NOW);
    expect(await namesOf(onlineEndpoints.list(GROUP, WORKSPACE))).toEqual([]);
  });

  test('gets a token for an endpoint', async () => {
    const { onlineEndpoints } = client('trainer');
    await onlineEndpoints.beginCreateOrUpdateAndWait(
      GROUP,
      WORKSPACE,
      'tokens',
      { location: 'westeurope', properties: { authMode: 'AMLToken' } },
      NOW,
    );
    const {
      accessToken,
      tokenType,
      expiryTimeUtc = 0,
    } = await onlineEndpoints.getToken(GROUP, WORKSPACE, 'tokens');
    expect(accessToken).toMatch(/^eyJ/);
    expect(tokenType).toBe('Bearer');
    expect(expiryTimeUtc).toBeGreaterThan(Date.now() / 1000);
  });

  test('submits, lists and cancels a job', async () => {
    const { jobs } = client('trainer');
    const { id: computeId } = emulated().compute('cpu');
    const command = {
      jobType: 'Command',
      command: 'python train.py',
      environmentId: 'azureml:base:1',
    } as const;
    for (const name of ['one', 'two', 'three']) {
      await jobs.createOrUpdate(GROUP, WORKSPACE, name, { properties: { ...command, computeId } });
    }
    const { properties } = await jobs.get(GROUP, WORKSPACE, 'one');
    expect(properties).toMatchObject({ jobType: 'Command', command: 'python train.py', status: 'Queued' });
    expect(await namesOf(jobs.list(GROUP, WORKSPACE))).toEqual(['three', 'two', 'one']);
    await jobs.beginCancelAndWait(GROUP, WORKSPACE, 'one', NOW);
    expect((await jobs.get(GROUP, WORKSPACE, 'one')).properties.status).toBe('Canceled');
    await jobs.beginDeleteAndWait(GROUP, WORKSPACE, 'one', NOW);
    expect(await namesOf(jobs.list(GROUP, WORKSPACE))).toEqual(['three', 'two']);
  });

  test('keeps a datastore and its secret', async () => {
    const { datastores } = client();
    await datastores.createOrUpdate(GROUP, WORKSPACE, 'mine', {
      properties: {
        datastoreType: 'AzureBlob',
        accountName: 'account',
        containerName: 'container',
        credentials: {
          credentialsType: 'AccountKey',
          secrets: { secretsType: 'AccountKey', key: 'the-key' },
        },
      },
    });
    expect(await datastores.listSecrets(GROUP, WORKSPACE, 'mine')).toMatchObject({
      secretsType: 'AccountKey',
      key: 'the-key',
    });
    expect(await namesOf(datastores.list(GROUP, WORKSPACE))).toHaveLength(5);
    await datastores.delete(GROUP, WORKSPACE, 'mine');
    expect(await namesOf(datastores.list(GROUP, WORKSPACE))).toHaveLength(4);
  });

  test('keeps assets and their versions', async () => {
    const {
      modelContainers,
      modelVersions,
      environmentVersions,
      dataVersions,
      codeVersions,
      componentVersions,
    } = client('trainer');
    for (const version of ['1', '2', '3']) {
      await modelVersions.createOrUpdate(GROUP, WORKSPACE, 'm', version, {
        properties: { modelUri: 'azureml://x' },
      });
    }
    expect(await namesOf(modelVersions.list(GROUP, WORKSPACE, 'm'))).toEqual(['3', '2', '1']);
    expect((await modelContainers.get(GROUP, WORKSPACE, 'm')).properties.latestVersion).toBe('3');
    await environmentVersions.createOrUpdate(GROUP, WORKSPACE, 'e', '1', { properties: { image: 'base' } });
    await dataVersions.createOrUpdate(GROUP, WORKSPACE, 'd', '1', {
      properties: { dataType: 'uri_file', dataUri: 'azureml://d' },
    });
    await codeVersions.createOrUpdate(GROUP, WORKSPACE, 'c', '1', { properties: { codeUri: 'https://c' } });
    await componentVersions.createOrUpdate(GROUP, WORKSPACE, 'p', '1', { properties: { componentSpec: {} } });
    expect((await dataVersions.get(GROUP, WORKSPACE, 'd', '1')).properties).toMatchObject({
      dataType: 'uri_file',
    });
  });

  test('keeps connections, and lists quotas, usages and sizes', async () => {
    const { workspaceConnections, quotas, usages, virtualMachineSizes } = client();
    await workspaceConnections.create(GROUP, WORKSPACE, 'git', {
      properties: {
        authType: 'PAT',
        category: 'Git',
        target: 'https://example.com',
        credentials: { pat: 'x' },
      },
    });
    expect(await namesOf(workspaceConnections.list(GROUP, WORKSPACE))).toEqual(['git']);
    const limits: unknown[] = [];
    for await (const { limit } of quotas.list('westeurope')) limits.push(limit);
    expect(limits).toHaveLength(4);
    for await (const { currentValue } of usages.list('westeurope')) expect(currentValue).toBe(0);
    expect((await virtualMachineSizes.list('westeurope')).value?.[0]?.name).toMatch(/^Standard_/);
  });

  test('answers a claims challenge, once', async () => {
    const { workspaces } = client('trainer');
    await workspaces.get(GROUP, WORKSPACE);
    emulated().revoke('trainer');
    const { length } = emulated().requests;
    expect((await workspaces.get(GROUP, WORKSPACE)).name).toBe(WORKSPACE);
    expect(
      emulated()
        .requests.slice(length)
        .map(({ status }) => status)
        .filter((status) => status === 401),
    ).toHaveLength(1);
  });
});

async function scored(uri: string | undefined, key: string | undefined): Promise<readonly unknown[]> {
  const response = await fetch(uri ?? '', {
    method: 'POST',
    headers: { authorization: `Bearer ${key ?? ''}`, 'content-type': 'application/json' },
    body: '{"data":[]}',
  });
  return [response.status, response.headers.get('azureml-model-deployment')];
}

test('an Entra token scores over a socket too', async () => {
  const { onlineEndpoints, onlineDeployments } = client();
  const body = { location: 'westeurope', properties: { authMode: 'AADToken' } };
  await onlineEndpoints.beginCreateOrUpdateAndWait(GROUP, WORKSPACE, 'entra', body, NOW);
  await onlineDeployments.beginCreateOrUpdateAndWait(
    GROUP,
    WORKSPACE,
    'entra',
    'blue',
    { location: 'westeurope', properties: { endpointComputeType: 'Managed' } },
    NOW,
  );
  const properties = { authMode: 'AADToken', traffic: { blue: 100 } };
  const endpoint = await onlineEndpoints.beginCreateOrUpdateAndWait(
    GROUP,
    WORKSPACE,
    'entra',
    { ...body, properties },
    NOW,
  );
  const token = await tokenOf(emulated(), 'trainer', 'https://ml.azure.com/.default');
  expect(await scored(endpoint.properties.scoringUri, token)).toEqual([200, 'blue']);
});
