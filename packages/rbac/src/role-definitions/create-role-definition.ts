import { AmlAuthError, isAmlAuthError, parseGuid, restateError } from '@aml-auth/core';
import { parseScope, type RoleDefinition } from '@aml-auth/permissions';

import { type Arm } from '../arm/authorization-path.js';
import { nameUuid } from '../arm/name-uuid.js';
import { findRoleDefinition } from './get-role-definition.js';
import { checkDraft, type RoleDefinitionDraft } from './role-definition-draft.js';
import { putRoleDefinition } from './put-role-definition.js';
import { differences } from './same-role.js';

/** The role that {@link createRoleDefinition} makes. */
export interface CreateRoleDefinitionOptions extends RoleDefinitionDraft {
  /** Ends the call with `AML_CANCELLED`; the role may have been made all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link createRoleDefinition} found or made. */
export interface CreatedRoleDefinition {
  /** As Azure has it now. */
  readonly role: RoleDefinition;
  /** False where it existed before, just as it is wanted. */
  readonly created: boolean;
}

/**
 * Creates a custom role, at its first assignable scope. Doing it again is no error, and makes no second one: a role
 * of that name is taken for it where it is the same in everything, and never changed where it is not.
 *
 * The caller needs `Microsoft.Authorization/roleDefinitions/write` at every assignable scope.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a role that Azure would refuse; `AML_CONFLICT` where a role of that
 *   name or id exists and is another; what the `ArmClient` throws
 */
export async function createRoleDefinition(
  arm: Arm,
  options: CreateRoleDefinitionOptions,
): Promise<CreatedRoleDefinition> {
  const { signal, ...draft } = options;
  checkDraft(draft);
  const scope = homeOf(draft);
  const id = draft.id === undefined ? nameOf(draft) : parseGuid(draft.id, 'id');
  const existing =
    (await findRoleDefinition(arm, { scope, role: id, signal })) ??
    (await findRoleDefinition(arm, { scope, role: draft.roleName, signal }));
  if (existing !== undefined) return { role: asExisting(existing, draft), created: false };
  try {
    return { role: await putRoleDefinition(arm, { scope, id, draft, signal }), created: true };
  } catch (error) {
    throw isAmlAuthError(error) && error.armCode === 'RoleDefinitionWithSameNameExists'
      ? restateError(error, {
          message: `A role named ${JSON.stringify(draft.roleName)} exists in the tenant, and cannot be assigned at ${scope}.`,
          remedy:
            'Give the new role another name, or add the scope to the assignable scopes of that one (updateRoleDefinition).',
        })
      : error;
  }
}

/** The GUID of a role that has none yet: two tenants do not share a first scope, so they do not share it either. */
function nameOf(draft: RoleDefinitionDraft): string {
  return nameUuid(['roleDefinition', homeOf(draft).toLowerCase(), draft.roleName.trim().toLowerCase()]);
}

/** The scope at which a role is written, as Azure CLI does it. */
function homeOf({ assignableScopes: [first = ''] }: RoleDefinitionDraft): string {
  return parseScope(first).id;
}

function asExisting(role: RoleDefinition, draft: RoleDefinitionDraft): RoleDefinition {
  const parts = differences(role, draft);
  if (parts.length === 0) return role;
  throw new AmlAuthError({
    code: 'AML_CONFLICT',
    message: `The role ${JSON.stringify(role.roleName)} (${role.id}) exists and differs in ${parts.join(', ')}.`,
    remedy:
      role.roleType === 'BuiltInRole'
        ? 'Give the custom role another name: this one is built in.'
        : 'Change it with updateRoleDefinition, or give the new role another name.',
  });
}
