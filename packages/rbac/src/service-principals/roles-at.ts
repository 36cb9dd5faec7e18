import { parseScope, type RoleDefinition } from '@aml-auth/permissions';

import type { Arm } from '../arm/authorization-path.js';
import { getRoleDefinition } from '../role-definitions/get-role-definition.js';

/** A role at a scope. */
export interface RoleAt {
  readonly role: RoleDefinition;
  readonly scope: string;
}

/**
 * The role of that name, GUID or id at each of the scopes, each scope once.
 *
 * @throws {AmlAuthError} as `getRoleDefinition`
 */
export async function rolesAt(
  arm: Arm,
  role: string,
  scopes: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly RoleAt[]> {
  const ids = new Map(scopes.map((scope) => [parseScope(scope).id.toLowerCase(), parseScope(scope).id]));
  return Promise.all(
    [...ids.values()].map(async (scope) => ({
      scope,
      role: await getRoleDefinition(arm, { scope, role, signal }),
    })),
  );
}
