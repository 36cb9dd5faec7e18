import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { Workspace, type ArmClient, type WorkspaceCreationProgress } from '@aml-auth/rest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emulatedClient } from '../emulated-client.js';
import { temporaryTree } from '../config/temporary-tree.js';
import { clientOf, collect, loopbackArm } from '../loopback-arm.js';

let emulator: Emulator;
let arm: ArmClient;
let initial: ReturnType<Emulator['snapshot']>;

beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      ...demoSeed,
      operations: { duration: '0s' },
      subscriptions: [
        {
          name: 'dev',
          tenant: 'contoso',
          resourceGroups: [
            { name: 'rg-ml', location: 'westeurope', workspaces: [{ name: 'ws1' }, { name: 'twice' }] },
            { name: 'rg-ml2', location: 'westeurope', workspaces: [{ name: 'twice' }] },
          ],
        },
        {
          name: 'prod',
          tenant: 'contoso',
          resourceGroups: [{ name: 'rg-prod', location: 'westeurope', workspaces: [{ name: 'ws-prod' }] }],
        },
      ],
      roleAssignments: [
        { principal: 'app:platform-admin', role: 'Owner', scope: '/dev' },
        { principal: 'app:platform-admin', role: 'Reader', scope: '/prod' },
        { principal: 'app:auditor', role: 'Reader', scope: '/dev' },
      ],
    },
  });
  arm = emulatedClient(emulator);
  initial = emulator.snapshot();
});

beforeEach(() => {
  emulator.restore(initial);
});

afterAll(() => emulator.close());

const subscriptionId = (): string => emulator.subscription('dev').id;
const writes = (since: number): string[] =>
  emulator.requests
    .slice(since)
    .filter(({ method }) => method === 'PUT')
    .map(({ path }) => path.replace(/\?.*/, '').split('/').slice(-2).join('/'));

describe('a workspace', () => {
  it('that a config file names is there, with what is in it', async () => {
    const given = emulator.workspace('ws1');
    const path = await temporaryTree({
      'config.json': JSON.stringify({
        subscription_id: given.subscriptionId,
        resource_group: given.resourceGroup,
        workspace_name: given.name,
      }),
    });
    const workspace = await Workspace.fromConfig(arm, { path });
    await expect(workspace.getDetails()).resolves.toMatchObject({ id: given.id, location: 'westeurope' });
    const datastores = await collect(workspace.datastores.list());
    expect(datastores.map(({ name }) => name)).toContain('workspaceblobstore');
  });

  it('is got by its id, its names, or its name alone', async () => {
    const { id, resourceGroup } = emulator.workspace('ws1');
    const ways = [
      id,
      { subscriptionId: subscriptionId(), resourceGroup, workspaceName: 'ws1' },
      { subscriptionId: subscriptionId(), workspaceName: 'WS1' },
    ];
    for (const way of ways) {
      const found = await Workspace.get(arm, way);
      expect(found.id.toLowerCase()).toBe(id.toLowerCase());
      expect(found.details).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
    }
  });

  it.each([
    ['twice', 'AML_AMBIGUOUS', 'rg-ml, rg-ml2'],
    ['nowhere', 'AML_NOT_FOUND', 'nowhere'],
    ['a/b', 'AML_CONFIG_INVALID', 'workspaceName'],
  ])('%s ends with %s', async (workspaceName, code, text) => {
    await expect(
      Workspace.get(arm, { subscriptionId: subscriptionId(), workspaceName }),
    ).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text) as string,
    });
  });

  it('is listed in its subscription, its resource group, or in all that the caller may see', async () => {
    const list = async (options: Parameters<typeof Workspace.list>[1]): Promise<string[]> =>
      (await collect(Workspace.list(arm, options))).map(({ name }) => name).sort();
    expect(await list({})).toEqual(['twice', 'twice', 'ws-prod', 'ws1']);
    expect(await list({ subscriptionId: subscriptionId() })).toEqual(['twice', 'twice', 'ws1']);
    expect(await list({ subscriptionId: subscriptionId(), resourceGroup: 'rg-ml2' })).toEqual(['twice']);
    expect(await list({ limit: 3 })).toHaveLength(3);
    expect(await list({ limit: 4 })).toHaveLength(4);
  });
});

describe('Workspace.list over all subscriptions', () => {
  const ids = ['00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000b'];

  async function listed(code: string, status: number): Promise<string[]> {
    const loopback = await loopbackArm(({ url }) => {
      if (url.startsWith('/subscriptions?')) {
        return { body: { value: ids.map((id) => ({ id: `/subscriptions/${id}`, subscriptionId: id })) } };
      }
      if (url.includes(ids[0] ?? '')) return { status, body: { error: { code, message: 'no' } } };
      const group = `/subscriptions/${ids[1] ?? ''}/resourceGroups/rg`;
      const id = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws-b`;
      return { body: { value: [{ id, name: 'ws-b' }] } };
    });
    const found = await collect(Workspace.list(clientOf(loopback).client));
    return found.map(({ name }) => name);
  }

  it('goes over one that has never used Azure Machine Learning, and over nothing else', async () => {
    await expect(listed('MissingSubscriptionRegistration', 409)).resolves.toEqual(['ws-b']);
    await expect(listed('AuthorizationFailed', 403)).rejects.toMatchObject({ code: 'AML_FORBIDDEN' });
  });

  it('does not know a resource group', async () => {
    await expect(collect(Workspace.list(arm, { resourceGroup: 'rg-ml' }))).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });
});

describe('Workspace.create after a call that broke off', () => {
  const ref = {
    subscriptionId: '00000000-0000-0000-0000-00000000000a',
    resourceGroup: 'rg',
    workspaceName: 'ws-1',
  };
  const [storageAccount, keyVault, applicationInsights] = [
    'Microsoft.Storage/storageAccounts/st',
    'Microsoft.KeyVault/vaults/kv',
    'Microsoft.Insights/components/ai',
  ].map((end) => `/subscriptions/${ref.subscriptionId}/resourceGroups/rg/providers/${end}`);
  const given = { ...ref, location: 'westeurope', keyVault, applicationInsights };
  const shown = (id: string, state: string, more: object = {}, tags = {}): object => ({
    body: {
      ...{ id, name: 'ws-1', location: 'westeurope', tags, identity: { type: 'SystemAssigned' } },
      properties: { friendlyName: 'ws-1', ...more, provisioningState: state },
    },
  });

  it('waits for the workspace that is being made, if it is as it was wanted', async () => {
    const links = { storageAccount, keyVault, applicationInsights };
    const loopback = await loopbackArm(({ url }, index) =>
      shown(url, index === 0 ? 'Creating' : 'Succeeded', links),
    );
    const { client } = clientOf(loopback);
    const made = await Workspace.create(client, { ...given, storageAccount });
    expect(made.details?.properties.provisioningState).toBe('Succeeded');
    expect(loopback.seen.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('leaves one alone that somebody else is making', async () => {
    const loopback = await loopbackArm(({ url }) => shown(url, 'Creating', {}, { of: 'another' }));
    const { client } = clientOf(loopback);
    await expect(Workspace.create(client, { ...given, storageAccount })).rejects.toMatchObject({
      code: 'AML_CONFLICT',
    });
    expect(loopback.seen).toHaveLength(1);
  });

  it('waits for what is being made beside it, and makes anew what failed', async () => {
    for (const first of ['Creating', 'Failed']) {
      let asked = 0;
      let isMade = false;
      const loopback = await loopbackArm(({ url, method }) => {
        const id = url.replace(/\?.*/, '');
        if (id.endsWith(ref.subscriptionId))
          return { body: { id, subscriptionId: ref.subscriptionId, tenantId: 't' } };
        if (id.includes('Microsoft.Storage')) return shown(id, asked++ === 0 ? first : 'Succeeded');
        isMade ||= method === 'PUT';
        return isMade ? shown(id, 'Succeeded') : { status: 404, body: {} };
      });
      await Workspace.create(clientOf(loopback).client, given);
      const puts = loopback.seen.filter(({ method }) => method === 'PUT').map(({ url }) => url.split('/')[6]);
      const workspace = 'Microsoft.MachineLearningServices';
      expect(puts).toEqual(first === 'Failed' ? ['Microsoft.Storage', workspace] : [workspace]);
    }
  });
});

describe('Workspace.create', () => {
  const options = (): Parameters<typeof Workspace.create>[1] => ({
    subscriptionId: subscriptionId(),
    resourceGroup: 'rg-ml2',
    workspaceName: 'my_New-ws',
    location: 'westeurope',
  });

  it('makes what a workspace needs, then the workspace, and tells it', async () => {
    const told: WorkspaceCreationProgress[] = [];
    const created = await Workspace.create(arm, {
      ...options(),
      resourceGroup: 'rg-new',
      createResourceGroup: true,
      tags: { team: 'a' },
      description: 'for tests',
      properties: { hbiWorkspace: true },
      onProgress: (progress) => told.push(progress),
    });
    expect(created.details).toMatchObject({
      name: 'my_New-ws',
      tags: { team: 'a' },
      identity: { type: 'SystemAssigned' },
      properties: { provisioningState: 'Succeeded', hbiWorkspace: true, description: 'for tests' },
    });
    const {
      storageAccount = '',
      keyVault = '',
      applicationInsights = '',
    } = created.details?.properties ?? {};
    const versions = [
      [storageAccount, '2023-05-01', { tags: { team: 'a' }, properties: { allowBlobPublicAccess: false } }],
      [
        keyVault,
        '2023-07-01',
        { properties: { enableRbacAuthorization: true, tenantId: emulator.tenant().id } },
      ],
      [
        applicationInsights,
        '2020-02-02',
        { properties: { WorkspaceResourceId: expect.any(String) as string } },
      ],
    ] as const;
    for (const [path, apiVersion, body] of versions) {
      await expect(arm.request({ method: 'GET', path, apiVersion })).resolves.toMatchObject({ body });
    }
    const order = told
      .filter(({ state }) => state === 'created')
      .map(({ what }) => what.replace(/ [^ ]+$/, ''));
    expect(order[0]).toBe('resource group');
    expect(order.at(-1)).toBe('workspace');
    expect(order.slice(1, -1).sort()).toEqual([
      'Application Insights',
      'Log Analytics workspace',
      'key vault',
      'storage account',
    ]);
    expect(order.indexOf('Log Analytics workspace')).toBeLessThan(order.indexOf('Application Insights'));
  });

  it('uses what it is given, and makes no more than what is missing', async () => {
    const first = await Workspace.create(arm, { ...options(), workspaceName: 'first' });
    const { storageAccount, keyVault, applicationInsights } = first.details?.properties ?? {};
    const before = emulator.requests.length;
    const second = await Workspace.create(arm, {
      ...options(),
      storageAccount,
      keyVault,
      applicationInsights,
    });
    expect(writes(before)).toEqual(['workspaces/my_New-ws']);
    expect(second.details?.properties).toMatchObject({ storageAccount, keyVault, applicationInsights });
  });

  it('does not write over a workspace that is there', async () => {
    const { id } = emulator.workspace('ws1');
    const there = { ...options(), resourceGroup: 'rg-ml', workspaceName: 'ws1', tags: { over: 'written' } };
    const before = emulator.requests.length;
    await expect(Workspace.create(arm, there)).rejects.toMatchObject({ code: 'AML_CONFLICT' });
    const found = await Workspace.create(arm, { ...there, existOk: true });
    expect(found.id).toBe(id);
    expect(found.details?.tags).not.toHaveProperty('over');
    expect(writes(before)).toEqual([]);
  });

  it('that broke off says what it made, and is made again without doubling it', async () => {
    emulator.failNextOperation({
      resource: 'Microsoft.MachineLearningServices/workspaces',
      code: 'QuotaExceeded',
      message: 'No more workspaces.',
    });
    await expect(Workspace.create(arm, options())).rejects.toMatchObject({
      code: 'AML_REQUEST_REJECTED',
      armCode: 'QuotaExceeded',
      steps: [
        { step: expect.stringMatching(/^create storage account /) as string, outcome: 'done' },
        { outcome: 'done' },
        { outcome: 'done' },
        { outcome: 'done' },
        { step: 'create workspace my_New-ws', outcome: 'failed' },
      ],
    });
    const before = emulator.requests.length;
    await Workspace.create(arm, options());
    expect(writes(before)).toEqual(['workspaces/my_New-ws']);
  });

  it('that may not make a key vault makes no workspace, and names the right that is missing', async () => {
    const auditor = emulatedClient(emulator, 'auditor');
    const before = emulator.requests.length;
    await expect(Workspace.create(auditor, options())).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
      remedy: expect.stringContaining('Microsoft.') as string,
      steps: expect.arrayContaining([
        { step: 'create workspace my_New-ws', outcome: 'notStarted', id: idOf('my_New-ws') },
      ]) as object,
    });
    expect(writes(before)).not.toContain('workspaces/my_New-ws');
  });

  it.each([
    [{ location: '' }, 'location'],
    [{ workspaceName: 'ab' }, 'workspaceName'],
    [{ storageAccount: 'mystorage' }, 'storageAccount'],
    [
      { keyVault: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/x' },
      'keyVault',
    ],
  ])('refuses %j before anything is sent', async (bad, name) => {
    const before = emulator.requests.length;
    await expect(Workspace.create(arm, { ...options(), ...bad })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining(name) as string,
    });
    expect(emulator.requests.length).toBe(before);
  });

  const idOf = (name: string): string =>
    `/subscriptions/${subscriptionId()}/resourceGroups/rg-ml2/providers/Microsoft.MachineLearningServices/workspaces/${name}`;
});
