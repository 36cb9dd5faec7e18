import type { RoleDefinition } from '@aml-auth/permissions';
import { parseScope } from '@aml-auth/permissions';

import type { Arm } from '../arm/authorization-path.js';
import { requireCustomRole } from './require-custom-role.js';
import { getRoleDefinition } from './get-role-definition.js';
import { putRoleDefinition } from './put-role-definition.js';
import { checkDraft, type RoleDefinitionDraft } from './role-definition-draft.js';
import { differences } from './same-role.js';

/** What {@link updateRoleDefinition} changes. Parts that are left out stay as they are. */
export interface UpdateRoleDefinitionOptions extends Partial<Omit<RoleDefinitionDraft, 'id'>> {
  /** A scope at which the role can be assigned. */
  readonly scope: string;
  /** GUID, resource id, or present name. */
  readonly role: string;
  /** Ends the call with `AML_CANCELLED`; the role may have been changed all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link updateRoleDefinition} did. */
export interface UpdatedRoleDefinition {
  /** As Azure has it now. */
  readonly role: RoleDefinition;
  /** The role as it was, to put it back with. */
  readonly before: RoleDefinition;
  /** False where it was as it is wanted already. */
  readonly changed: boolean;
}

/**
 * Changes a custom role, by name or id. Lists are replaced, not joined. Whoever has the role has it as it is now
 * after 15 minutes to an hour.
 *
 * The caller needs `Microsoft.Authorization/roleDefinitions/write` at every assignable scope, those that it had
 * before among them.
 *
 * @throws {AmlAuthError} `AML_NOT_FOUND`; `AML_CONFIG_INVALID` for a built-in role, and for what Azure would refuse;
 *   what the `ArmClient` throws, such as `AML_CONFLICT` where another role has the new name
 */
export async function updateRoleDefinition(
  arm: Arm,
  options: UpdateRoleDefinitionOptions,
): Promise<UpdatedRoleDefinition> {
  const { scope, role, signal } = options;
  const before = await getRoleDefinition(arm, { scope, role, signal });
  requireCustomRole(before, 'changed');
  const draft: RoleDefinitionDraft = {
    roleName: options.roleName ?? before.roleName,
    description: options.description ?? before.description,
    permissions: options.permissions ?? before.permissions,
    assignableScopes: options.assignableScopes ?? before.assignableScopes,
  };
  checkDraft(draft);
  if (differences(before, draft).length === 0) return { role: before, before, changed: false };
  const [home = scope] = draft.assignableScopes;
  const write = { scope: parseScope(home).id, id: before.id, draft, signal };
  return { role: await putRoleDefinition(arm, write), before, changed: true };
}
