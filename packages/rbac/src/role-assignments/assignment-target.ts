import { parseGuid } from '@aml-auth/core';
import { parseScope, roleDefinitionGuid, type RoleAssignment } from '@aml-auth/permissions';

import { parseRoleId } from '../arm/role-id.js';

/** What makes a role assignment one of its kind: there is at most one for the three together. */
export interface AssignmentTarget {
  /** A resource id, or `/`. */
  readonly scope: string;
  /** Object id of the user, group or service principal. Not an application (client) id. */
  readonly principalId: string;
  /** The GUID of the role, or the resource id of its definition. */
  readonly roleDefinitionId: string;
}

/**
 * The target with its ids checked: the scope without a trailing slash, the others as GUIDs in lower case.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseTarget({ scope, principalId, roleDefinitionId }: AssignmentTarget): AssignmentTarget {
  return {
    scope: parseScope(scope).id,
    principalId: parseGuid(principalId, 'principalId'),
    roleDefinitionId: parseRoleId(roleDefinitionId),
  };
}

/** Whether an assignment has this scope, principal and role. */
export function isTarget(assignment: RoleAssignment, target: AssignmentTarget): boolean {
  return (
    assignment.scope.replace(/(?<=.)\/$/, '').toLowerCase() === target.scope.toLowerCase() &&
    assignment.principalId.toLowerCase() === target.principalId &&
    roleDefinitionGuid(assignment.roleDefinitionId) === target.roleDefinitionId
  );
}
