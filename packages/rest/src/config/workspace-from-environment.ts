import { AmlAuthError } from '@aml-auth/core';
import { parseWorkspaceId, parseWorkspaceRef, type WorkspaceRef } from '../resource-names.js';

/** The variables that Azure Machine Learning sets in jobs. `process.env` fits. */
export interface WorkspaceEnvironment {
  /** The ARM id of the workspace. */
  readonly AZUREML_WORKSPACE_SCOPE?: string | undefined;
  /** Id of the subscription (GUID). */
  readonly AZUREML_ARM_SUBSCRIPTION?: string | undefined;
  /** Name of the resource group. */
  readonly AZUREML_ARM_RESOURCEGROUP?: string | undefined;
  /** Name of the workspace. The three count together only. */
  readonly AZUREML_ARM_WORKSPACE_NAME?: string | undefined;
}

/** A workspace, and the variables that name it. */
export interface EnvironmentWorkspace {
  /** Its names, checked. */
  readonly workspace: WorkspaceRef;
  /** Names of the variables that were used. */
  readonly variables: readonly string[];
}

const SCOPE = 'AZUREML_WORKSPACE_SCOPE';
const PARTS = [
  'AZUREML_ARM_SUBSCRIPTION',
  'AZUREML_ARM_RESOURCEGROUP',
  'AZUREML_ARM_WORKSPACE_NAME',
] as const;

/**
 * The workspace that the variables of a job name; undefined where there is none of them. Empty variables count
 * as absent.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for bad names, where one of three variables is missing, and where
 *   the variables name two workspaces
 */
export function workspaceFromEnvironment(env: WorkspaceEnvironment): EnvironmentWorkspace | undefined {
  const given = PARTS.filter((name) => isSet(env[name]));
  const ofScope = isSet(env[SCOPE]) ? parseWorkspaceId(env[SCOPE] ?? '') : undefined;
  if (given.length === 0) {
    return ofScope === undefined ? undefined : { workspace: ofScope, variables: [SCOPE] };
  }
  if (given.length < PARTS.length) {
    if (ofScope !== undefined) return { workspace: ofScope, variables: [SCOPE] };
    const missing = PARTS.filter((name) => !given.includes(name));
    throw invalid(
      `${given.join(' and ')} ${is(given)} set, but ${missing.join(' and ')} ${is(missing)} not.`,
    );
  }
  const [subscriptionId = '', resourceGroup = '', workspaceName = ''] = PARTS.map((name) => env[name]);
  const ofParts = parseWorkspaceRef({ subscriptionId, resourceGroup, workspaceName });
  if (ofScope === undefined) return { workspace: ofParts, variables: PARTS };
  if (!isSame(ofScope, ofParts)) {
    throw invalid(`${SCOPE} names another workspace than ${PARTS.join(', ')}.`);
  }
  return { workspace: ofScope, variables: [SCOPE, ...PARTS] };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** Names of Azure are compared without case. */
function isSame(one: WorkspaceRef, other: WorkspaceRef): boolean {
  return (['subscriptionId', 'resourceGroup', 'workspaceName'] as const).every(
    (part) => one[part].toLowerCase() === other[part].toLowerCase(),
  );
}

function is(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}

function invalid(message: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message,
    remedy: `Set ${SCOPE} to the id of the workspace, or all of ${PARTS.join(', ')}, or none of them.`,
  });
}
