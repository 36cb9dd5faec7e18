import { AmlAuthError } from '@aml-auth/core';

import { AUTHORIZATION_API_VERSION, type Arm } from '../arm/authorization-path.js';
import { getRoleAssignment } from './get-role-assignment.js';
import { parseRoleAssignment, type StoredRoleAssignment } from './parse-role-assignment.js';
import { conditionFields, isSameCondition } from './role-condition.js';

/** What {@link updateRoleAssignment} changes. Parts that are left out stay as they are; `null` takes one away. */
export interface UpdateRoleAssignmentOptions {
  /** Its full resource id. */
  readonly id: string;
  /** At most 2,048 characters. */
  readonly description?: string | null | undefined;
  /** In the language of Azure ABAC; checked before it is written. */
  readonly condition?: string | null | undefined;
  /** Default 2.0, the only one. */
  readonly conditionVersion?: string | undefined;
  /** Ends the call with `AML_CANCELLED`; the assignment may have been changed all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link updateRoleAssignment} did. */
export interface UpdatedRoleAssignment {
  /** As Azure has it now. */
  readonly assignment: StoredRoleAssignment;
  /** The assignment as it was, to put it back with. */
  readonly before: StoredRoleAssignment;
  /** False where it was as it is wanted already. */
  readonly changed: boolean;
}

/**
 * Changes the description or the condition of a role assignment: all that Azure lets change. For another scope,
 * principal or role, delete it and create another.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id of anything else, and for a condition that cannot be read;
 *   `AML_NOT_FOUND`; what the `ArmClient` throws
 */
export async function updateRoleAssignment(
  arm: Arm,
  options: UpdateRoleAssignmentOptions,
): Promise<UpdatedRoleAssignment> {
  const { id, signal } = options;
  const before = await getRoleAssignment(arm, { id, signal });
  if (before === undefined) throw missing(id);
  const description = pick(options.description, before.description);
  const condition = pick(options.condition, before.condition);
  const fields = conditionFields(condition, options.conditionVersion);
  const isSame = isSameCondition(before.condition, condition) && before.description === description;
  if (isSame) return { assignment: before, before, changed: false };
  const { principalId, principalType, roleDefinitionId, delegatedManagedIdentityResourceId } = before;
  const { body } = await arm.request({
    method: 'PUT',
    path: before.id,
    apiVersion: AUTHORIZATION_API_VERSION,
    body: {
      properties: {
        principalId,
        principalType,
        roleDefinitionId,
        description,
        ...fields,
        delegatedManagedIdentityResourceId,
      },
    },
    signal,
  });
  return { assignment: parseRoleAssignment(body), before, changed: true };
}

/** The new value, the old one where it is left out, and nothing for `null`. */
function pick(wanted: string | null | undefined, before: string | undefined): string | undefined {
  return wanted === undefined ? before : (wanted ?? undefined);
}

function missing(id: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `There is no role assignment ${id}.`,
    remedy: 'Look it up with findRoleAssignment, or make it with createRoleAssignment.',
  });
}
