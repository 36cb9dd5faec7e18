import type { AzureMachineLearningWorkspaces as Published } from '@azure/arm-machinelearning';
import type { ArmClient, WorkspaceResources } from '@aml-auth/rest';
import { subscriptionId } from './wire.js';

/** A call of ours, and the same of the published client. */
export interface Row {
  readonly ours: (arm: ArmClient) => unknown;
  readonly theirs: (client: Published) => unknown;
}

export const G = 'rg-ml';
export const W = 'ws1';
export const location = 'westeurope';
export const group = { subscriptionId, resourceGroup: G };

const cluster = {
  location,
  properties: {
    computeType: 'AmlCompute',
    description: 'for tests',
    properties: { vmSize: 'STANDARD_DS3_V2', scaleSettings: { maxNodeCount: 2, minNodeCount: 0 } },
  },
} as const;
export const described = { properties: { description: 'for tests' } };
const command = { jobType: 'Command', command: 'true', environmentId: 'azureml:e:1' } as const;
const onlineEndpoint = { location, properties: { authMode: 'Key', description: 'for tests' } } as const;
const deployment = {
  location,
  properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS3_v2', model: 'azureml:m:1' },
} as const;
export const tags = { tags: { team: 'a' } };

/** A call in the workspace. */
export const ws =
  (call: (workspace: WorkspaceResources) => unknown) =>
  (arm: ArmClient): unknown =>
    call(arm.workspace({ ...group, workspaceName: W }));

function assetRows(
  name: 'models' | 'data' | 'environments' | 'components' | 'codes',
  containers: 'modelContainers' | 'dataContainers',
  versions: 'modelVersions' | 'dataVersions',
  version: object,
): Record<string, Row> {
  // The clients of the published library for assets differ in their types only.
  const body = version as never;
  const container =
    name === 'data' ? { properties: { ...described.properties, dataType: 'uri_file' } } : described;
  return {
    [`${name}.get`]: { ours: ws((w) => w[name].get('a')), theirs: (c) => c[containers].get(G, W, 'a') },
    [`${name}.list`]: { ours: ws((w) => w[name].list()), theirs: (c) => c[containers].list(G, W) },
    [`${name}.put`]: {
      ours: ws((w) => w[name].put('a', container)),
      theirs: (c) => c[containers].createOrUpdate(G, W, 'a', container as never),
    },
    [`${name}.delete`]: {
      ours: ws((w) => w[name].delete('a')),
      theirs: (c) => c[containers].delete(G, W, 'a'),
    },
    [`${name}.versions.get`]: {
      ours: ws((w) => w[name].versions('a').get('1')),
      theirs: (c) => c[versions].get(G, W, 'a', '1'),
    },
    [`${name}.versions.list`]: {
      ours: ws((w) => w[name].versions('a').list({ query: { $top: 3 } })),
      theirs: (c) => c[versions].list(G, W, 'a', { top: 3 }),
    },
    [`${name}.versions.put`]: {
      ours: ws((w) => w[name].versions('a').put('1', version)),
      theirs: (c) => c[versions].createOrUpdate(G, W, 'a', '1', body),
    },
    [`${name}.versions.delete`]: {
      ours: ws((w) => w[name].versions('a').delete('1')),
      theirs: (c) => c[versions].delete(G, W, 'a', '1'),
    },
  };
}

type Containers = Parameters<typeof assetRows>[1];
type Versions = Parameters<typeof assetRows>[2];

/** By `type.call`, as the table of resource types has them. */
export const PUBLISHED: Readonly<Record<string, Row>> = {
  'computes.get': {
    ours: ws((w) => w.computes.get('cpu')),
    theirs: (c) => c.computeOperations.get(G, W, 'cpu'),
  },
  'computes.list': { ours: ws((w) => w.computes.list()), theirs: (c) => c.computeOperations.list(G, W) },
  'computes.put': {
    ours: ws((w) => w.computes.put('cpu', cluster)),
    theirs: (c) => c.computeOperations.beginCreateOrUpdate(G, W, 'cpu', cluster),
  },
  'computes.patch': {
    ours: ws((w) =>
      w.computes.patch('cpu', {
        properties: { properties: { scaleSettings: { maxNodeCount: 3, minNodeCount: 0 } } },
      }),
    ),
    theirs: (c) =>
      c.computeOperations.beginUpdate(G, W, 'cpu', {
        properties: { scaleSettings: { maxNodeCount: 3, minNodeCount: 0 } },
      }),
  },
  'computes.delete': {
    ours: ws((w) => w.computes.delete('cpu', { query: { underlyingResourceAction: 'Detach' } })),
    theirs: (c) => c.computeOperations.beginDelete(G, W, 'cpu', 'Detach'),
  },
  'computes.start': {
    ours: ws((w) => w.computes.actions.start('ci')),
    theirs: (c) => c.computeOperations.beginStart(G, W, 'ci'),
  },
  'computes.stop': {
    ours: ws((w) => w.computes.actions.stop('ci')),
    theirs: (c) => c.computeOperations.beginStop(G, W, 'ci'),
  },
  'computes.restart': {
    ours: ws((w) => w.computes.actions.restart('ci')),
    theirs: (c) => c.computeOperations.beginRestart(G, W, 'ci'),
  },
  'computes.listKeys': {
    ours: ws((w) => w.computes.actions.listKeys('vm')),
    theirs: (c) => c.computeOperations.listKeys(G, W, 'vm'),
  },
  'computes.listNodes': {
    ours: ws((w) => w.computes.actions.listNodes('cpu')),
    theirs: (c) => c.computeOperations.listNodes(G, W, 'cpu'),
  },
  'jobs.get': { ours: ws((w) => w.jobs.get('j')), theirs: (c) => c.jobs.get(G, W, 'j') },
  'jobs.list': {
    ours: ws((w) => w.jobs.list({ query: { jobType: 'Command', tag: 'a', listViewType: 'All' } })),
    theirs: (c) => c.jobs.list(G, W, { jobType: 'Command', tag: 'a', listViewType: 'All' }),
  },
  'jobs.put': {
    ours: ws((w) => w.jobs.put('j', { properties: command })),
    theirs: (c) => c.jobs.createOrUpdate(G, W, 'j', { properties: command }),
  },
  'jobs.delete': { ours: ws((w) => w.jobs.delete('j')), theirs: (c) => c.jobs.beginDelete(G, W, 'j') },
  'jobs.cancel': {
    ours: ws((w) => w.jobs.actions.cancel('j')),
    theirs: (c) => c.jobs.beginCancel(G, W, 'j'),
  },
  'schedules.get': { ours: ws((w) => w.schedules.get('s')), theirs: (c) => c.schedules.get(G, W, 's') },
  'schedules.list': { ours: ws((w) => w.schedules.list()), theirs: (c) => c.schedules.list(G, W) },
  'schedules.put': {
    ours: ws((w) =>
      w.schedules.put('s', {
        properties: {
          action: { actionType: 'CreateJob', jobDefinition: command },
          trigger: { triggerType: 'Cron', expression: '0 0 * * *', timeZone: 'UTC' },
        },
      }),
    ),
    theirs: (c) =>
      c.schedules.beginCreateOrUpdate(G, W, 's', {
        properties: {
          action: { actionType: 'CreateJob', jobDefinition: command },
          trigger: { triggerType: 'Cron', expression: '0 0 * * *', timeZone: 'UTC' },
        },
      }),
  },
  'schedules.delete': {
    ours: ws((w) => w.schedules.delete('s')),
    theirs: (c) => c.schedules.beginDelete(G, W, 's'),
  },
  ...assetRows('models', 'modelContainers', 'modelVersions', {
    properties: { modelUri: 'azureml://m', modelType: 'custom_model' },
  }),
  ...assetRows('data', 'dataContainers', 'dataVersions', {
    properties: { dataType: 'uri_file', dataUri: 'azureml://d' },
  }),
  ...assetRows('environments', 'environmentContainers' as Containers, 'environmentVersions' as Versions, {
    properties: { image: 'mcr.example/base' },
  }),
  ...assetRows('components', 'componentContainers' as Containers, 'componentVersions' as Versions, {
    properties: { componentSpec: { name: 'c' } },
  }),
  ...assetRows('codes', 'codeContainers' as Containers, 'codeVersions' as Versions, {
    properties: { codeUri: 'https://account.example/code' },
  }),
  'datastores.get': { ours: ws((w) => w.datastores.get('d')), theirs: (c) => c.datastores.get(G, W, 'd') },
  'datastores.list': {
    ours: ws((w) => w.datastores.list({ query: { isDefault: true, count: 30, orderByAsc: false } })),
    theirs: (c) => c.datastores.list(G, W, { isDefault: true }),
  },
  'datastores.put': {
    ours: ws((w) =>
      w.datastores.put(
        'd',
        {
          properties: {
            datastoreType: 'AzureBlob',
            accountName: 'a',
            containerName: 'c',
            credentials: { credentialsType: 'None' },
          },
        },
        { query: { skipValidation: true } },
      ),
    ),
    theirs: (c) =>
      c.datastores.createOrUpdate(
        G,
        W,
        'd',
        {
          properties: {
            datastoreType: 'AzureBlob',
            accountName: 'a',
            containerName: 'c',
            credentials: { credentialsType: 'None' },
          } as never,
        },
        { skipValidation: true },
      ),
  },
  'datastores.delete': {
    ours: ws((w) => w.datastores.delete('d')),
    theirs: (c) => c.datastores.delete(G, W, 'd'),
  },
  'datastores.listSecrets': {
    ours: ws((w) => w.datastores.actions.listSecrets('d')),
    theirs: (c) => c.datastores.listSecrets(G, W, 'd'),
  },
  'onlineEndpoints.get': {
    ours: ws((w) => w.onlineEndpoints.get('e')),
    theirs: (c) => c.onlineEndpoints.get(G, W, 'e'),
  },
  'onlineEndpoints.list': {
    ours: ws((w) => w.onlineEndpoints.list({ query: { computeType: 'Managed' } })),
    theirs: (c) => c.onlineEndpoints.list(G, W, { computeType: 'Managed' }),
  },
  'onlineEndpoints.put': {
    ours: ws((w) => w.onlineEndpoints.put('e', onlineEndpoint)),
    theirs: (c) => c.onlineEndpoints.beginCreateOrUpdate(G, W, 'e', onlineEndpoint),
  },
  'onlineEndpoints.patch': {
    ours: ws((w) => w.onlineEndpoints.patch('e', tags)),
    theirs: (c) => c.onlineEndpoints.beginUpdate(G, W, 'e', tags),
  },
  'onlineEndpoints.delete': {
    ours: ws((w) => w.onlineEndpoints.delete('e')),
    theirs: (c) => c.onlineEndpoints.beginDelete(G, W, 'e'),
  },
  'onlineEndpoints.listKeys': {
    ours: ws((w) => w.onlineEndpoints.actions.listKeys('e')),
    theirs: (c) => c.onlineEndpoints.listKeys(G, W, 'e'),
  },
  'onlineEndpoints.token': {
    ours: ws((w) => w.onlineEndpoints.actions.token('e')),
    theirs: (c) => c.onlineEndpoints.getToken(G, W, 'e'),
  },
  'onlineEndpoints.regenerateKeys': {
    ours: ws((w) => w.onlineEndpoints.actions.regenerateKeys('e', { keyType: 'Primary' })),
    theirs: (c) => c.onlineEndpoints.beginRegenerateKeys(G, W, 'e', { keyType: 'Primary' }),
  },
  'onlineEndpoints.deployments.get': {
    ours: ws((w) => w.onlineEndpoints.deployments('e').get('blue')),
    theirs: (c) => c.onlineDeployments.get(G, W, 'e', 'blue'),
  },
  'onlineEndpoints.deployments.list': {
    ours: ws((w) => w.onlineEndpoints.deployments('e').list()),
    theirs: (c) => c.onlineDeployments.list(G, W, 'e'),
  },
  'onlineEndpoints.deployments.put': {
    ours: ws((w) => w.onlineEndpoints.deployments('e').put('blue', deployment)),
    theirs: (c) => c.onlineDeployments.beginCreateOrUpdate(G, W, 'e', 'blue', deployment),
  },
  'onlineEndpoints.deployments.patch': {
    ours: ws((w) => w.onlineEndpoints.deployments('e').patch('blue', tags)),
    theirs: (c) => c.onlineDeployments.beginUpdate(G, W, 'e', 'blue', tags),
  },
  'onlineEndpoints.deployments.delete': {
    ours: ws((w) => w.onlineEndpoints.deployments('e').delete('blue')),
    theirs: (c) => c.onlineDeployments.beginDelete(G, W, 'e', 'blue'),
  },
  'onlineEndpoints.deployments.getLogs': {
    ours: ws((w) =>
      w.onlineEndpoints
        .deployments('e')
        .actions.getLogs('blue', { tail: 10, containerType: 'InferenceServer' }),
    ),
    theirs: (c) =>
      c.onlineDeployments.getLogs(G, W, 'e', 'blue', { tail: 10, containerType: 'InferenceServer' }),
  },
  'onlineEndpoints.deployments.listSkus': {
    ours: ws((w) => w.onlineEndpoints.deployments('e').actions.listSkus('blue')),
    theirs: (c) => c.onlineDeployments.listSkus(G, W, 'e', 'blue'),
  },
  'batchEndpoints.get': {
    ours: ws((w) => w.batchEndpoints.get('b')),
    theirs: (c) => c.batchEndpoints.get(G, W, 'b'),
  },
  'batchEndpoints.list': {
    ours: ws((w) => w.batchEndpoints.list()),
    theirs: (c) => c.batchEndpoints.list(G, W),
  },
  'batchEndpoints.put': {
    ours: ws((w) => w.batchEndpoints.put('b', { location, properties: { authMode: 'AADToken' } })),
    theirs: (c) =>
      c.batchEndpoints.beginCreateOrUpdate(G, W, 'b', { location, properties: { authMode: 'AADToken' } }),
  },
  'batchEndpoints.patch': {
    ours: ws((w) => w.batchEndpoints.patch('b', tags)),
    theirs: (c) => c.batchEndpoints.beginUpdate(G, W, 'b', tags),
  },
  'batchEndpoints.delete': {
    ours: ws((w) => w.batchEndpoints.delete('b')),
    theirs: (c) => c.batchEndpoints.beginDelete(G, W, 'b'),
  },
  'batchEndpoints.listKeys': {
    ours: ws((w) => w.batchEndpoints.actions.listKeys('b')),
    theirs: (c) => c.batchEndpoints.listKeys(G, W, 'b'),
  },
  'batchEndpoints.deployments.get': {
    ours: ws((w) => w.batchEndpoints.deployments('b').get('d')),
    theirs: (c) => c.batchDeployments.get(G, W, 'b', 'd'),
  },
  'batchEndpoints.deployments.list': {
    ours: ws((w) => w.batchEndpoints.deployments('b').list()),
    theirs: (c) => c.batchDeployments.list(G, W, 'b'),
  },
  'batchEndpoints.deployments.put': {
    ours: ws((w) => w.batchEndpoints.deployments('b').put('d', { location, properties: { compute: '/c' } })),
    theirs: (c) =>
      c.batchDeployments.beginCreateOrUpdate(G, W, 'b', 'd', { location, properties: { compute: '/c' } }),
  },
  'batchEndpoints.deployments.patch': {
    ours: ws((w) =>
      w.batchEndpoints.deployments('b').patch('d', { properties: { description: 'for tests' } }),
    ),
    theirs: (c) =>
      c.batchDeployments.beginUpdate(G, W, 'b', 'd', { properties: { description: 'for tests' } }),
  },
  'batchEndpoints.deployments.delete': {
    ours: ws((w) => w.batchEndpoints.deployments('b').delete('d')),
    theirs: (c) => c.batchDeployments.beginDelete(G, W, 'b', 'd'),
  },
  'connections.get': {
    ours: ws((w) => w.connections.get('c')),
    theirs: (c) => c.workspaceConnections.get(G, W, 'c'),
  },
  'connections.list': {
    ours: ws((w) => w.connections.list({ query: { category: 'Git', target: 't' } })),
    theirs: (c) => c.workspaceConnections.list(G, W, { category: 'Git', target: 't' }),
  },
  'connections.put': {
    ours: ws((w) =>
      w.connections.put('c', { properties: { authType: 'None', category: 'Git', target: 't' } }),
    ),
    theirs: (c) =>
      c.workspaceConnections.create(G, W, 'c', {
        properties: { authType: 'None', category: 'Git', target: 't' },
      }),
  },
  'connections.delete': {
    ours: ws((w) => w.connections.delete('c')),
    theirs: (c) => c.workspaceConnections.delete(G, W, 'c'),
  },
  'workspaces.get': {
    ours: (a) => a.resourceGroup(group).workspaces.get(W),
    theirs: (c) => c.workspaces.get(G, W),
  },
  'workspaces.list': {
    ours: (a) => a.resourceGroup(group).workspaces.list(),
    theirs: (c) => c.workspaces.listByResourceGroup(G),
  },
  'workspaces.put': {
    ours: (a) => a.resourceGroup(group).workspaces.put(W, { location, ...described }),
    theirs: (c) => c.workspaces.beginCreateOrUpdate(G, W, { location, description: 'for tests' }),
  },
  'workspaces.patch': {
    ours: (a) => a.resourceGroup(group).workspaces.patch(W, { ...tags, ...described }),
    theirs: (c) => c.workspaces.beginUpdate(G, W, { ...tags, description: 'for tests' }),
  },
  'workspaces.delete': {
    ours: (a) => a.resourceGroup(group).workspaces.delete(W),
    theirs: (c) => c.workspaces.beginDelete(G, W),
  },
  'workspaces.listKeys': {
    ours: ws((w) => w.actions.listKeys()),
    theirs: (c) => c.workspaces.listKeys(G, W),
  },
  'workspaces.listNotebookAccessToken': {
    ours: ws((w) => w.actions.listNotebookAccessToken()),
    theirs: (c) => c.workspaces.listNotebookAccessToken(G, W),
  },
  'workspaces.listNotebookKeys': {
    ours: ws((w) => w.actions.listNotebookKeys()),
    theirs: (c) => c.workspaces.listNotebookKeys(G, W),
  },
  'workspaces.listStorageAccountKeys': {
    ours: ws((w) => w.actions.listStorageAccountKeys()),
    theirs: (c) => c.workspaces.listStorageAccountKeys(G, W),
  },
  'workspaces.diagnose': {
    ours: ws((w) => w.actions.diagnose({ value: { storageAccount: {} } })),
    theirs: (c) => c.workspaces.beginDiagnose(G, W, { parameters: { value: { storageAccount: {} } } }),
  },
  'workspaces.resyncKeys': {
    ours: ws((w) => w.actions.resyncKeys()),
    theirs: (c) => c.workspaces.beginResyncKeys(G, W),
  },
  'workspaces.prepareNotebook': {
    ours: ws((w) => w.actions.prepareNotebook()),
    theirs: (c) => c.workspaces.beginPrepareNotebook(G, W),
  },
  'workspaces.outboundNetworkDependenciesEndpoints': {
    ours: ws((w) => w.actions.outboundNetworkDependenciesEndpoints()),
    theirs: (c) => c.workspaces.listOutboundNetworkDependenciesEndpoints(G, W),
  },
  'workspaces.privateLinkResources': {
    ours: ws((w) => w.actions.privateLinkResources()),
    theirs: (c) => c.privateLinkResources.list(G, W),
  },
  'workspaces.features': {
    ours: ws((w) => w.actions.features()),
    theirs: (c) => c.workspaceFeatures.list(G, W),
  },
  'subscription.workspaces': {
    ours: (a) => a.subscription(subscriptionId).workspaces(),
    theirs: (c) => c.workspaces.listBySubscription(),
  },
  'location.quotas': {
    ours: (a) => a.location({ subscriptionId, location }).quotas(),
    theirs: (c) => c.quotas.list(location),
  },
  'location.usages': {
    ours: (a) => a.location({ subscriptionId, location }).usages(),
    theirs: (c) => c.usages.list(location),
  },
  'location.vmSizes': {
    ours: (a) => a.location({ subscriptionId, location }).vmSizes(),
    theirs: (c) => c.virtualMachineSizes.list(location),
  },
  'location.updateQuotas': {
    ours: (a) =>
      a.location({ subscriptionId, location }).updateQuotas({ value: [{ id: '/q', limit: 10 }], location }),
    theirs: (c) => c.quotas.update(location, { value: [{ id: '/q', limit: 10 }], location }),
  },
};
