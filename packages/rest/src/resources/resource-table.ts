import { REGISTRY_ACTIONS, REGISTRY_TYPES } from './registry-types.js';
import { WORKSPACE_ACTIONS, WORKSPACE_TYPES } from './workspace-types.js';

/** Types in a resource group. Each holds the types of its own. */
export interface ResourceGroupTypes {
  /** Workspaces, hubs and projects. */
  readonly workspaces: {
    readonly path: 'workspaces';
    readonly schema: 'workspace';
    readonly calls: {
      readonly get: 'reply';
      readonly list: 'items';
      readonly put: 'operation';
      readonly patch: 'operation';
      readonly delete: 'operation';
    };
    readonly actions: typeof WORKSPACE_ACTIONS;
    readonly children: typeof WORKSPACE_TYPES;
  };
  /** Registries of Azure Machine Learning. */
  readonly registries: {
    readonly path: 'registries';
    readonly schema: 'registry';
    readonly calls: {
      readonly get: 'reply';
      readonly list: 'items';
      readonly put: 'operation';
      readonly patch: 'reply';
      readonly delete: 'operation';
    };
    readonly actions: typeof REGISTRY_ACTIONS;
    readonly children: typeof REGISTRY_TYPES;
  };
}

/**
 * The resource types of Azure Machine Learning that have clients, all below
 * `/subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.MachineLearningServices`.
 */
export const RESOURCE_GROUP_TYPES: ResourceGroupTypes = {
  workspaces: {
    path: 'workspaces',
    schema: 'workspace',
    calls: { get: 'reply', list: 'items', put: 'operation', patch: 'operation', delete: 'operation' },
    actions: WORKSPACE_ACTIONS,
    children: WORKSPACE_TYPES,
  },
  registries: {
    path: 'registries',
    schema: 'registry',
    calls: { get: 'reply', list: 'items', put: 'operation', patch: 'reply', delete: 'operation' },
    actions: REGISTRY_ACTIONS,
    children: REGISTRY_TYPES,
  },
};

/** What a subscription lists. */
export const SUBSCRIPTION_ACTIONS = {
  workspaces: { style: 'items', method: 'GET', schema: 'workspace' },
  registries: { style: 'items', method: 'GET', schema: 'registry' },
} as const;

/** What a region of a subscription answers. */
export const LOCATION_ACTIONS = {
  quotas: { style: 'items', method: 'GET', schema: 'usage' },
  usages: { style: 'items', method: 'GET', schema: 'usage' },
  vmSizes: { style: 'items', method: 'GET', schema: 'vmSize' },
  updateQuotas: { style: 'reply' },
} as const;
