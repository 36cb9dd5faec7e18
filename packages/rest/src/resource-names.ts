import { AmlAuthError, parseGuid } from '@aml-auth/core';

/** Where an Azure Machine Learning workspace is. */
export interface WorkspaceRef {
  /** Id of the subscription (GUID). */
  readonly subscriptionId: string;
  /** Name of the resource group: 1 to 90 characters, compared in any case. */
  readonly resourceGroup: string;
  /** Name of the workspace: 3 to 33 letters, digits, `_` and `-`. */
  readonly workspaceName: string;
}

// Pattern of the Azure ML specification (2026-09-01).
const WORKSPACE = /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/;
// Azure Resource Manager: letters and digits of any script, and _ ( ) - . but no dot at the end.
const RESOURCE_GROUP = /^[\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-]$/u;
const WORKSPACE_ID =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.MachineLearningServices\/workspaces\/([^/]+)$/i;

/**
 * The id of a subscription, in lower case.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for anything but a GUID
 */
export function parseSubscriptionId(value: unknown): string {
  return parseGuid(value, 'subscriptionId');
}

/**
 * The name of a resource group, as it is: Azure compares it in any case.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for anything but 1 to 90 letters, digits and `_ ( ) - .`, with no dot at the end
 */
export function parseResourceGroup(value: unknown): string {
  if (typeof value === 'string' && RESOURCE_GROUP.test(value)) return value;
  throw invalid(
    'resourceGroup',
    value,
    'Give a name of 1 to 90 letters, digits and _ ( ) - . that does not end with a dot.',
  );
}

/**
 * The name of a workspace, as it is.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for anything but 3 to 33 letters, digits, `_` and `-`, the first of them a
 *   letter or a digit
 */
export function parseWorkspaceName(value: unknown): string {
  if (typeof value === 'string' && WORKSPACE.test(value)) return value;
  throw invalid(
    'workspaceName',
    value,
    'Give a name of 3 to 33 letters, digits, _ and - that begins with a letter or a digit.',
  );
}

/**
 * The names, checked, with the subscription id in lower case.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` naming the part that is not one
 */
export function parseWorkspaceRef(value: WorkspaceRef): WorkspaceRef {
  const given = value as Partial<WorkspaceRef> | null | undefined;
  return {
    subscriptionId: parseSubscriptionId(given?.subscriptionId),
    resourceGroup: parseResourceGroup(given?.resourceGroup),
    workspaceName: parseWorkspaceName(given?.workspaceName),
  };
}

/**
 * The names in the ARM id of a workspace. Ids are read in any case.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for ids of anything else
 */
export function parseWorkspaceId(id: string): WorkspaceRef {
  const match = typeof id === 'string' ? WORKSPACE_ID.exec(id) : null;
  if (match === null) {
    throw invalid(
      'workspace id',
      id,
      'Give it as /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.MachineLearningServices/workspaces/<name>.',
    );
  }
  const [, subscriptionId = '', resourceGroup = '', workspaceName = ''] = match;
  return parseWorkspaceRef({ subscriptionId, resourceGroup, workspaceName });
}

/** The ARM id of a workspace, from names that were checked. */
export function workspaceIdOf({ subscriptionId, resourceGroup, workspaceName }: WorkspaceRef): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${workspaceName}`;
}

function invalid(name: string, value: unknown, remedy: string): AmlAuthError {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : typeof value;
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message: `${name} ${shown} is not valid.`, remedy });
}
