import { isAmlAuthError, restateError, type AmlAuthError } from '@aml-auth/core';
import { parseScope, roleDefinitionGuid, type RoleDefinition } from '@aml-auth/permissions';

import { authorizationPath, ROLE_DEFINITIONS_API_VERSION, type Arm } from '../arm/authorization-path.js';
import { listRoleAssignments } from '../role-assignments/list-role-assignments.js';
import { findRoleDefinition, type GetRoleDefinitionOptions } from './get-role-definition.js';
import { requireCustomRole } from './require-custom-role.js';

/** Which role {@link deleteRoleDefinition} deletes. */
export type DeleteRoleDefinitionOptions = GetRoleDefinitionOptions;

const SHOWN = 5;

/**
 * Deletes a custom role, by name or id. One that does not exist is no error.
 *
 * @returns the role as it was, to make it again with; undefined where there was none
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a built-in role; `AML_REQUEST_REJECTED` with `armCode`
 *   `RoleDefinitionHasAssignments` where it is assigned, naming assignments that the caller may read; what the
 *   `ArmClient` throws
 */
export async function deleteRoleDefinition(
  arm: Arm,
  options: DeleteRoleDefinitionOptions,
): Promise<RoleDefinition | undefined> {
  const role = await findRoleDefinition(arm, options);
  if (role === undefined) return undefined;
  requireCustomRole(role, 'deleted');
  const [home = options.scope] = role.assignableScopes;
  try {
    const { status } = await arm.request({
      method: 'DELETE',
      path: authorizationPath(parseScope(home).id, 'roleDefinitions', role.id),
      apiVersion: ROLE_DEFINITIONS_API_VERSION,
      signal: options.signal,
    });
    return status === 204 ? undefined : role;
  } catch (error) {
    if (!isAmlAuthError(error) || error.armCode !== 'RoleDefinitionHasAssignments') throw error;
    throw await naming(arm, role, error, options.signal);
  }
}

/** The refusal, with the assignments that stand in the way. */
async function naming(
  arm: Arm,
  role: RoleDefinition,
  error: AmlAuthError,
  signal: AbortSignal | undefined,
): Promise<AmlAuthError> {
  const ids = new Set<string>();
  for (const scope of role.assignableScopes) {
    try {
      for await (const assignment of listRoleAssignments(arm, { scope, signal })) {
        if (roleDefinitionGuid(assignment.roleDefinitionId) === role.id) ids.add(assignment.id);
      }
    } catch (cause) {
      // What cannot be read is not named; the refusal stands.
      if (!isAmlAuthError(cause) || cause.code === 'AML_CANCELLED') throw cause;
    }
  }
  if (ids.size === 0) return error;
  const more = ids.size > SHOWN ? ` and ${String(ids.size - SHOWN)} more` : '';
  return restateError(error, {
    message: `The role ${JSON.stringify(role.roleName)} (${role.id}) is assigned and cannot be deleted: ${[...ids].slice(0, SHOWN).join(', ')}${more}.`,
    remedy: 'Delete these assignments first (deleteRoleAssignment), then the role.',
  });
}
