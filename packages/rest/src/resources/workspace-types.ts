/** The resource types in a workspace (Azure ML specification, 2026-09-01). */
export const WORKSPACE_TYPES = {
  computes: {
    path: 'computes',
    schema: 'compute',
    calls: { get: 'reply', list: 'items', put: 'operation', patch: 'operation', delete: 'operation' },
    deleteNeeds: ['underlyingResourceAction'],
    actions: {
      start: { style: 'operation' },
      stop: { style: 'operation' },
      restart: { style: 'operation' },
      resize: { style: 'operation' },
      updateIdleShutdownSetting: { style: 'reply' },
      listKeys: { style: 'secrets' },
      listNodes: { style: 'items', schema: 'computeNode', itemsIn: 'nodes' },
    },
    children: {},
  },
  jobs: {
    path: 'jobs',
    schema: 'job',
    calls: { get: 'reply', list: 'items', put: 'reply', delete: 'operation' },
    actions: { cancel: { style: 'operation' } },
    children: {},
  },
  schedules: {
    path: 'schedules',
    schema: 'schedule',
    calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
    actions: {},
    children: {},
  },
  models: {
    path: 'models',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'modelVersion',
        calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
        actions: {},
        children: {},
      },
    },
  },
  data: {
    path: 'data',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'dataVersion',
        calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
        actions: {},
        children: {},
      },
    },
  },
  environments: {
    path: 'environments',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'environmentVersion',
        calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
        actions: {},
        children: {},
      },
    },
  },
  components: {
    path: 'components',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'componentVersion',
        calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
        actions: {},
        children: {},
      },
    },
  },
  codes: {
    path: 'codes',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'codeVersion',
        calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
        actions: { startPendingUpload: { style: 'secrets' } },
        children: {},
      },
    },
  },
  datastores: {
    path: 'datastores',
    schema: 'datastore',
    calls: { get: 'reply', list: 'items', put: 'reply', delete: 'reply' },
    actions: { listSecrets: { style: 'secrets' } },
    children: {},
  },
  onlineEndpoints: {
    path: 'onlineEndpoints',
    schema: 'onlineEndpoint',
    calls: { get: 'reply', list: 'items', put: 'operation', patch: 'operation', delete: 'operation' },
    actions: {
      listKeys: { style: 'secrets' },
      regenerateKeys: { style: 'operation' },
      token: { style: 'secrets' },
    },
    children: {
      deployments: {
        path: 'deployments',
        schema: 'onlineDeployment',
        calls: { get: 'reply', list: 'items', put: 'operation', patch: 'operation', delete: 'operation' },
        actions: {
          getLogs: { style: 'read' },
          listSkus: { style: 'items', method: 'GET', path: 'skus', schema: 'any' },
        },
        children: {},
      },
    },
  },
  batchEndpoints: {
    path: 'batchEndpoints',
    schema: 'batchEndpoint',
    calls: { get: 'reply', list: 'items', put: 'operation', patch: 'operation', delete: 'operation' },
    actions: { listKeys: { style: 'secrets', path: 'listkeys' } },
    children: {
      deployments: {
        path: 'deployments',
        schema: 'batchDeployment',
        calls: { get: 'reply', list: 'items', put: 'operation', patch: 'operation', delete: 'operation' },
        actions: {},
        children: {},
      },
    },
  },
  connections: {
    path: 'connections',
    schema: 'connection',
    calls: { get: 'reply', list: 'items', put: 'reply', patch: 'reply', delete: 'reply' },
    actions: { listSecrets: { style: 'secrets', path: 'listsecrets' } },
    children: {},
  },
} as const;

/** What can be done with a workspace itself. */
export const WORKSPACE_ACTIONS = {
  listKeys: { style: 'secrets' },
  listNotebookAccessToken: { style: 'secrets' },
  listNotebookKeys: { style: 'secrets' },
  listStorageAccountKeys: { style: 'secrets' },
  diagnose: { style: 'operation' },
  resyncKeys: { style: 'operation' },
  prepareNotebook: { style: 'operation' },
  provisionManagedNetwork: { style: 'operation' },
  outboundNetworkDependenciesEndpoints: { style: 'items', method: 'GET', schema: 'any' },
  privateLinkResources: { style: 'items', method: 'GET', schema: 'any' },
  features: { style: 'items', method: 'GET', schema: 'any' },
} as const;
