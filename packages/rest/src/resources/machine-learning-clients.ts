import { armPath } from '../arm/arm-path.js';
import {
  parseResourceGroup,
  parseSubscriptionId,
  parseWorkspaceRef,
  type WorkspaceRef,
} from '../resource-names.js';
import type { Transport } from '../transport.js';
import { actionsOf, type Actions } from './resource-actions.js';
import { resourceClients, type ResourceClients } from './resource-operations.js';
import { REGISTRY_ACTIONS, REGISTRY_TYPES } from './registry-types.js';
import {
  LOCATION_ACTIONS,
  RESOURCE_GROUP_TYPES,
  SUBSCRIPTION_ACTIONS,
  type ResourceGroupTypes,
} from './resource-table.js';
import { WORKSPACE_ACTIONS, WORKSPACE_TYPES } from './workspace-types.js';

/** Where a resource group is. */
export interface ResourceGroupRef {
  /** Id of the subscription (GUID). */
  readonly subscriptionId: string;
  /** Name of the resource group. */
  readonly resourceGroup: string;
}

/** Where a registry of Azure Machine Learning is. */
export interface RegistryRef extends ResourceGroupRef {
  /** Name of the registry. */
  readonly registryName: string;
}

/** A region of a subscription. */
export interface LocationRef {
  /** Id of the subscription (GUID). */
  readonly subscriptionId: string;
  /** `westeurope` */
  readonly location: string;
}

/** The clients of one workspace, and its own actions. */
export type WorkspaceResources = ResourceClients<typeof WORKSPACE_TYPES> & {
  /** What can be done to the workspace itself, such as `listKeys` and `resyncKeys`. */
  readonly actions: Actions<typeof WORKSPACE_ACTIONS>;
};

/** The clients of one registry, and its own actions. */
export type RegistryResources = ResourceClients<typeof REGISTRY_TYPES> & {
  /** What can be done to the registry itself. */
  readonly actions: Actions<typeof REGISTRY_ACTIONS>;
};

/** Workspaces and registries of one resource group. */
export type ResourceGroupResources = ResourceClients<ResourceGroupTypes>;

/** Workspaces and registries of a whole subscription. */
export type SubscriptionResources = Actions<typeof SUBSCRIPTION_ACTIONS>;

/** Quotas, usages and sizes of virtual machines of one region. */
export type LocationResources = Actions<typeof LOCATION_ACTIONS>;

const PROVIDER = '/providers/Microsoft.MachineLearningServices';

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names */
export function workspaceResources(transport: Transport, ref: WorkspaceRef): WorkspaceResources {
  const { workspaceName, ...group } = parseWorkspaceRef(ref);
  const path = groupPath(group) + armPath`/workspaces/${workspaceName}`;
  return {
    ...resourceClients(transport, path, WORKSPACE_TYPES),
    actions: actionsOf(transport, path, WORKSPACE_ACTIONS, transport.apiVersion),
  };
}

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names */
export function registryResources(transport: Transport, ref: RegistryRef): RegistryResources {
  const path = groupPath(ref) + armPath`/registries/${ref.registryName}`;
  return {
    ...resourceClients(transport, path, REGISTRY_TYPES),
    actions: actionsOf(transport, path, REGISTRY_ACTIONS, transport.apiVersion),
  };
}

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names */
export function resourceGroupResources(transport: Transport, ref: ResourceGroupRef): ResourceGroupResources {
  return resourceClients(transport, groupPath(ref), RESOURCE_GROUP_TYPES);
}

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` for a bad id */
export function subscriptionResources(transport: Transport, id: string): SubscriptionResources {
  const path = armPath`/subscriptions/${parseSubscriptionId(id)}` + PROVIDER;
  return actionsOf(transport, path, SUBSCRIPTION_ACTIONS, transport.apiVersion);
}

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names */
export function locationResources(
  transport: Transport,
  { subscriptionId, location }: LocationRef,
): LocationResources {
  const subscription = armPath`/subscriptions/${parseSubscriptionId(subscriptionId)}`;
  const path = subscription + PROVIDER + armPath`/locations/${location}`;
  return actionsOf(transport, path, LOCATION_ACTIONS, transport.apiVersion);
}

function groupPath({ subscriptionId, resourceGroup }: ResourceGroupRef): string {
  const subscription = armPath`/subscriptions/${parseSubscriptionId(subscriptionId)}`;
  return subscription + armPath`/resourceGroups/${parseResourceGroup(resourceGroup)}` + PROVIDER;
}
