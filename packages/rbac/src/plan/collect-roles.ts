import { parseScope, roleDefinitionGuid, type RoleDefinition } from '@aml-auth/permissions';

import type { Arm } from '../arm/authorization-path.js';
import { findRoleDefinition } from '../role-definitions/get-role-definition.js';
import { listRoleDefinitions } from '../role-definitions/list-role-definitions.js';

/**
 * The role definitions that can be assigned at a scope or somewhere below it, such as in one resource group of a
 * subscription. Without the filter the service leaves the latter out.
 *
 * @see https://learn.microsoft.com/rest/api/authorization/role-definitions/list
 * @throws {AmlAuthError} what `listRoleDefinitions` throws
 */
export function listRolesBelow(
  arm: Arm,
  scope: string,
  signal: AbortSignal | undefined,
): AsyncIterable<RoleDefinition> {
  // No custom role is assignable at a single resource alone, nor below one.
  const filter = parseScope(scope).level === 'resource' ? undefined : 'atScopeAndBelow()';
  return listRoleDefinitions(arm, { scope, filter, signal });
}

/** That a role is assigned somewhere. */
export interface RoleUse {
  readonly scope: string;
  readonly roleDefinitionId: string;
}

/** Where each role that is not among the known ones is used, by its GUID: one place for each. */
export function unknownRoles(
  uses: Iterable<RoleUse>,
  known: ReadonlyMap<string, RoleDefinition>,
): ReadonlyMap<string, RoleUse> {
  const unknown = new Map<string, RoleUse>();
  for (const use of uses) {
    const guid = roleDefinitionGuid(use.roleDefinitionId);
    if (!known.has(guid) && !unknown.has(guid)) unknown.set(guid, use);
  }
  return unknown;
}

/**
 * A role, read where it is used. Undefined where it is gone.
 *
 * @throws {AmlAuthError} what the `ArmClient` throws
 */
export function readUsedRole(
  arm: Arm,
  { scope, roleDefinitionId }: RoleUse,
  signal: AbortSignal | undefined,
): Promise<RoleDefinition | undefined> {
  return findRoleDefinition(arm, { scope, role: roleDefinitionId, signal });
}
