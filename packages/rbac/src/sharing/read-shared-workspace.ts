import { isAmlAuthError } from '@aml-auth/core';
import {
  armPath,
  MACHINE_LEARNING_API_VERSION,
  parseWorkspace,
  parseWorkspaceId,
  parseWorkspaceRef,
  type Workspace,
  type WorkspaceProperties,
  type WorkspaceRef,
} from '@aml-auth/rest';

import type { Arm } from '../arm/authorization-path.js';

const KEY_VAULT_API_VERSION = '2023-07-01';

/**
 * The id of a workspace from its names or its id.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
function workspaceIdOf(workspace: WorkspaceRef | string): string {
  const ref = typeof workspace === 'string' ? parseWorkspaceId(workspace) : parseWorkspaceRef(workspace);
  return armPath`/subscriptions/${ref.subscriptionId}/resourceGroups/${ref.resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${ref.workspaceName}`;
}

/**
 * Reads a workspace.
 *
 * @throws {AmlAuthError} what the `ArmClient` throws, such as `AML_NOT_FOUND`
 */
export async function readSharedWorkspace(
  arm: Arm,
  workspace: WorkspaceRef | string,
  signal: AbortSignal | undefined,
): Promise<Workspace> {
  const path = workspaceIdOf(workspace);
  const apiVersion = MACHINE_LEARNING_API_VERSION;
  return parseWorkspace((await arm.request({ method: 'GET', path, apiVersion, signal })).body);
}

/** Where the dependents of a workspace are named: a project uses those of its hub. */
export async function dependentsOf(
  arm: Arm,
  { properties }: Workspace,
  signal: AbortSignal | undefined,
): Promise<WorkspaceProperties> {
  const { hubResourceId, storageAccount } = properties;
  if (hubResourceId === undefined || storageAccount !== undefined) return properties;
  return (await readSharedWorkspace(arm, hubResourceId, signal)).properties;
}

/**
 * A warning where roles may have no effect at a key vault: it goes by access policies unless it was told to go by
 * roles. Undefined where it does go by roles.
 */
export async function vaultWarning(
  arm: Arm,
  vaultId: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const { body } = await arm.request({
      method: 'GET',
      path: vaultId,
      apiVersion: KEY_VAULT_API_VERSION,
      signal,
    });
    const { properties } = body as { properties?: { enableRbacAuthorization?: unknown } };
    if (properties?.enableRbacAuthorization === true) return undefined;
    return `The key vault ${vaultId} goes by access policies: roles have no effect at its secrets.`;
  } catch (error) {
    if (!isAmlAuthError(error) || error.code === 'AML_CANCELLED') throw error;
    return `The key vault ${vaultId} could not be read: it is not known whether it goes by roles.`;
  }
}
