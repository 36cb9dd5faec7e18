/** Resource ids, put together in Azure's own spelling. */

const AUTHORIZATION = 'Microsoft.Authorization';
export const MACHINE_LEARNING = 'Microsoft.MachineLearningServices';
export const MANAGED_IDENTITY = 'Microsoft.ManagedIdentity';

export function subscriptionId(subscription: string): string {
  return `/subscriptions/${subscription}`;
}

export function resourceGroupId(subscription: string, name: string): string {
  return `${subscriptionId(subscription)}/resourceGroups/${name}`;
}

export function workspaceId(subscription: string, resourceGroup: string, name: string): string {
  return `${resourceGroupId(subscription, resourceGroup)}/providers/${MACHINE_LEARNING}/workspaces/${name}`;
}

export function computeId(workspace: string, name: string): string {
  return `${workspace}/computes/${name}`;
}

export function userAssignedIdentityId(subscription: string, resourceGroup: string, name: string): string {
  return `${resourceGroupId(subscription, resourceGroup)}/providers/${MANAGED_IDENTITY}/userAssignedIdentities/${name}`;
}

/** @param scope - a resource id, or `/` */
export function roleAssignmentId(scope: string, name: string): string {
  return `${scope === '/' ? '' : scope}/providers/${AUTHORIZATION}/roleAssignments/${name}`;
}

/** @param scope - a resource id, or `/` */
export function roleDefinitionId(scope: string, guid: string): string {
  return `${scope === '/' ? '' : scope}/providers/${AUTHORIZATION}/roleDefinitions/${guid}`;
}

/** @param scope - a resource id, or `/` */
export function denyAssignmentId(scope: string, name: string): string {
  return `${scope === '/' ? '' : scope}/providers/${AUTHORIZATION}/denyAssignments/${name}`;
}

/** The subscription that a resource id lies in. */
export function subscriptionOf(id: string): string | undefined {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1];
}
