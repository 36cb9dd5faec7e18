import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import { parseScope, type PrincipalType, type RoleAssignment } from '@aml-auth/permissions';

import { AUTHORIZATION_API_VERSION, authorizationPath, type Arm } from '../arm/authorization-path.js';
import { isTarget, parseTarget, type AssignmentTarget } from './assignment-target.js';
import { findRoleAssignment } from './find-role-assignment.js';
import { parseRoleAssignment } from './parse-role-assignment.js';
import { roleAssignmentName } from './role-assignment-name.js';

/** The assignment that {@link createRoleAssignment} makes. */
export interface CreateRoleAssignmentOptions extends AssignmentTarget {
  /**
   * Without it the service looks the principal up, and does not find one that was created just now;
   * callers who may assign roles to some kinds of principal only must send it, too.
   */
  readonly principalType: PrincipalType;
  /** At most 2,048 characters. Not changed on an assignment that exists. */
  readonly description?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What {@link createRoleAssignment} found or made. */
export interface CreatedRoleAssignment {
  readonly assignment: RoleAssignment;
  /** False where it existed before. */
  readonly created: boolean;
}

/**
 * Assigns a role, without condition. Doing it again is no error: the assignment has a name that
 * follows from scope, principal and role ({@link roleAssignmentName}), and one that exists under
 * another name counts if it is the same in all three. It reads before it writes, because writing
 * over an assignment that has a condition would take the condition away.
 *
 * It answers before the change is in effect everywhere, which can take up to ten minutes.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope that is none, and for ids that are no GUIDs;
 *   `AML_CONFLICT` where the role is assigned under a condition; what the `ArmClient` throws, such as
 *   `AML_REQUEST_REJECTED` with `armCode` `PrincipalNotFound`
 */
export async function createRoleAssignment(
  arm: Arm,
  options: CreateRoleAssignmentOptions,
): Promise<CreatedRoleAssignment> {
  const target = parseTarget(options);
  const path = authorizationPath(
    target.scope,
    'roleAssignments',
    roleAssignmentName(target.scope, target.principalId, target.roleDefinitionId),
  );
  const existing = await getIfThere(arm, path, options.signal);
  if (existing !== undefined) return asExisting(existing, target);
  try {
    const { body } = await arm.request({
      method: 'PUT',
      path,
      apiVersion: AUTHORIZATION_API_VERSION,
      body: { properties: propertiesOf(options, target) },
      signal: options.signal,
    });
    return { assignment: parseRoleAssignment(body), created: true };
  } catch (error) {
    if (!isAmlAuthError(error) || error.armCode !== 'RoleAssignmentExists') throw error;
    const other = await findRoleAssignment(arm, { ...target, signal: options.signal });
    if (other === undefined) throw error;
    return asExisting(other, target);
  }
}

async function getIfThere(
  arm: Arm,
  path: string,
  signal: AbortSignal | undefined,
): Promise<RoleAssignment | undefined> {
  try {
    const { body } = await arm.request({
      method: 'GET',
      path,
      apiVersion: AUTHORIZATION_API_VERSION,
      signal,
    });
    return parseRoleAssignment(body);
  } catch (error) {
    // Where it is the scope that is missing, the write says so.
    if (isAmlAuthError(error) && error.code === 'AML_NOT_FOUND') return undefined;
    throw error;
  }
}

function asExisting(assignment: RoleAssignment, target: AssignmentTarget): CreatedRoleAssignment {
  if (!isTarget(assignment, target)) {
    throw new AmlAuthError({
      code: 'AML_CONFLICT',
      message: `The role assignment ${assignment.id} has the name of the wanted one and is another: role ${assignment.roleDefinitionId} for ${assignment.principalId}.`,
      remedy: 'Delete it if nobody needs it, then assign the role again.',
    });
  }
  if (assignment.condition !== undefined && assignment.condition.trim() !== '') {
    throw new AmlAuthError({
      code: 'AML_CONFLICT',
      message: `The role is assigned already, under a condition: ${assignment.id}. There cannot be a second assignment without one.`,
      remedy: 'Keep the condition, or delete the assignment and assign the role again.',
    });
  }
  return { assignment, created: false };
}

function propertiesOf(
  { principalType, description }: CreateRoleAssignmentOptions,
  { scope, principalId, roleDefinitionId }: AssignmentTarget,
): Record<string, unknown> {
  const { subscriptionId } = parseScope(scope);
  const home = subscriptionId === undefined ? '/' : `/subscriptions/${subscriptionId}`;
  return {
    principalId,
    principalType,
    roleDefinitionId: authorizationPath(home, 'roleDefinitions', roleDefinitionId),
    ...(description === undefined ? {} : { description }),
  };
}
