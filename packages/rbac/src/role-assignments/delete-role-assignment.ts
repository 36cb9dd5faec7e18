import { AmlAuthError, isGuid } from '@aml-auth/core';
import { parseScope } from '@aml-auth/permissions';

import { AUTHORIZATION_API_VERSION, type Arm } from '../arm/authorization-path.js';

/** Which assignment {@link deleteRoleAssignment} deletes. */
export interface DeleteRoleAssignmentOptions {
  /** Its full resource id; `findRoleAssignment` finds it. */
  readonly id: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Deletes a role assignment. One that does not exist is no error.
 *
 * @returns whether there was one
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id of anything else; what the `ArmClient` throws,
 *   such as `AML_CONFLICT` for the last Owner of a subscription
 */
export async function deleteRoleAssignment(arm: Arm, options: DeleteRoleAssignmentOptions): Promise<boolean> {
  const { status } = await arm.request({
    method: 'DELETE',
    path: parseRoleAssignmentId(options.id),
    apiVersion: AUTHORIZATION_API_VERSION,
    signal: options.signal,
  });
  return status !== 204;
}

/** A DELETE on another id would delete something else. */
function parseRoleAssignmentId(id: string): string {
  const { id: path, resourceType, resourceName } = parseScope(id);
  const isAssignment = resourceType?.toLowerCase() === 'microsoft.authorization/roleassignments';
  if (isAssignment && resourceName !== undefined && isGuid(resourceName)) return path;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(id.slice(0, 200))} is not the id of a role assignment.`,
    remedy: 'Give the id as {scope}/providers/Microsoft.Authorization/roleAssignments/{GUID}.',
  });
}
