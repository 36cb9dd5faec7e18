import { AmlAuthError } from '@aml-auth/core';
import { builtInRoles, parseScope, scopeCovers, type RoleDefinition } from '@aml-auth/permissions';

import type { Arm } from '../arm/authorization-path.js';
import { roleGuidOf } from '../arm/role-id.js';
import { getRoleDefinition } from '../role-definitions/get-role-definition.js';

/** A role that somebody is to have at a scope. */
export interface GrantWish {
  /** A resource id, or `/`. */
  readonly scope: string;
  /** GUID, resource id or name. */
  readonly role: string;
}

/** A {@link GrantWish} with the role that is meant. */
export interface ResolvedWish {
  readonly scope: string;
  /** GUID. */
  readonly roleDefinitionId: string;
  readonly roleName: string;
}

/**
 * Finds the roles, each of them once. A built-in role that this package knows by its GUID is not looked up.
 *
 * @throws {AmlAuthError} as `getRoleDefinition`; `AML_CONFIG_INVALID` for a custom role that cannot be assigned there
 */
export async function resolveWishes(
  arm: Arm,
  wishes: readonly GrantWish[],
  signal: AbortSignal | undefined,
): Promise<readonly ResolvedWish[]> {
  const resolved: ResolvedWish[] = [];
  for (const { scope, role } of wishes) {
    const at = parseScope(scope).id;
    const guid = roleGuidOf(role);
    const known = builtInRoles.find(({ id }) => id === guid);
    const definition = known ?? (await getRoleDefinition(arm, { scope: at, role, signal }));
    requireAssignable(definition, at);
    const { id, roleName } = definition;
    const isNew = resolved.every(
      (other) => other.roleDefinitionId !== id || other.scope.toLowerCase() !== at.toLowerCase(),
    );
    if (isNew) resolved.push({ scope: at, roleDefinitionId: id, roleName });
  }
  return resolved;
}

/** Where a management group is among the assignable scopes, only Azure knows what is below it. */
function requireAssignable({ id, roleName, assignableScopes }: RoleDefinition, scope: string): void {
  const mayBe = assignableScopes.some((one) => scopeCovers(one, scope) || MANAGEMENT_GROUP.test(one));
  if (mayBe) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The custom role ${JSON.stringify(roleName)} (${id}) cannot be assigned at ${scope}, only at ${assignableScopes.join(', ')}.`,
    remedy: 'Add the scope to its assignable scopes (updateRoleDefinition), or take another role.',
  });
}

const MANAGEMENT_GROUP = /^\/providers\/Microsoft\.Management\/managementGroups\//i;

/** In words, for the steps of an error. */
export function describeWish({ roleName, scope }: Pick<ResolvedWish, 'roleName' | 'scope'>): string {
  return `assign ${roleName} at ${scope}`;
}
