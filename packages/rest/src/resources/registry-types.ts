/** The resource types in a registry (Azure ML specification, 2026-09-01); unlike in a workspace, all writes may run long. */
export const REGISTRY_TYPES = {
  models: {
    path: 'models',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'modelVersion',
        calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
        actions: { startPendingUpload: { style: 'secrets' } },
        children: {},
      },
    },
  },
  data: {
    path: 'data',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'dataVersion',
        calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
        actions: { startPendingUpload: { style: 'secrets' } },
        children: {},
      },
    },
  },
  environments: {
    path: 'environments',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'environmentVersion',
        calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
        actions: {},
        children: {},
      },
    },
  },
  components: {
    path: 'components',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'componentVersion',
        calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
        actions: {},
        children: {},
      },
    },
  },
  codes: {
    path: 'codes',
    schema: 'assetContainer',
    calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
    actions: {},
    children: {
      versions: {
        path: 'versions',
        schema: 'codeVersion',
        calls: { get: 'reply', list: 'items', put: 'operation', delete: 'operation' },
        actions: { startPendingUpload: { style: 'secrets' } },
        children: {},
      },
    },
  },
} as const;

/** What can be done with a registry itself. */
export const REGISTRY_ACTIONS = { removeRegions: { style: 'operation' } } as const;
