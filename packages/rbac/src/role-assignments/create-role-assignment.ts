import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import { parseScope, type PrincipalType } from '@aml-auth/permissions';

import { AUTHORIZATION_API_VERSION, authorizationPath, type Arm } from '../arm/authorization-path.js';
import { isTarget, parseTarget, type AssignmentTarget } from './assignment-target.js';
import { awaitReplication, type ReplicationOptions } from './await-replication.js';
import { findRoleAssignment } from './find-role-assignment.js';
import { getRoleAssignment } from './get-role-assignment.js';
import { parseRoleAssignment, type StoredRoleAssignment } from './parse-role-assignment.js';
import { roleAssignmentName } from './role-assignment-name.js';
import { conditionFields, isSameCondition, isUnconditional } from './role-condition.js';

/** The assignment that {@link createRoleAssignment} makes. */
export interface CreateRoleAssignmentOptions extends AssignmentTarget, ReplicationOptions {
  /**
   * Without it the service looks the principal up, and does not find one that was created just now;
   * callers who may assign roles to some kinds of principal only must send it, too.
   */
  readonly principalType: PrincipalType;
  /** At most 2,048 characters. Not changed on an assignment that exists. */
  readonly description?: string | undefined;
  /** A condition that limits it. Default: none. */
  readonly condition?: string | undefined;
  /** Default 2.0, the only one. */
  readonly conditionVersion?: string | undefined;
  /** Ends the call with `AML_CANCELLED`; the assignment may have been made all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link createRoleAssignment} found or made. */
export interface CreatedRoleAssignment {
  /** As Azure has it now. */
  readonly assignment: StoredRoleAssignment;
  /** False where it existed before. */
  readonly created: boolean;
}

/**
 * Assigns a role. Doing it again is no error: the assignment has a name that follows from scope, principal
 * and role ({@link roleAssignmentName}), and one that exists under another name counts if it is the same
 * in all three. It reads before it writes, because writing over an assignment would change its condition.
 * Where a write gets no answer, it reads whether it was carried out.
 *
 * It answers before the change is in effect everywhere, which can take up to ten minutes. A principal that
 * Azure does not know as yet is waited for, where {@link ReplicationOptions} explain it.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope that is none, for ids that are no GUIDs, for a condition
 *   that cannot be read, and for an application id or a wrong type of principal where a directory tells;
 *   `AML_CONFLICT` where the role is assigned under another condition; what the `ArmClient` throws, such as
 *   `AML_REQUEST_REJECTED` with `armCode` `PrincipalNotFound`
 */
export async function createRoleAssignment(
  arm: Arm,
  options: CreateRoleAssignmentOptions,
): Promise<CreatedRoleAssignment> {
  const target = parseTarget(options);
  const { signal } = options;
  const id = assignmentIdOf(target);
  const body = { properties: propertiesOf(options, target) };
  const existing = await getRoleAssignment(arm, { id, signal });
  if (existing !== undefined) return asExisting(existing, target, options.condition);
  try {
    const assignment = await awaitReplication({ ...options, principalId: target.principalId }, async () => {
      const reply = await arm.request({
        method: 'PUT',
        path: id,
        apiVersion: AUTHORIZATION_API_VERSION,
        body,
        signal,
      });
      return parseRoleAssignment(reply.body);
    });
    return { assignment, created: true };
  } catch (error) {
    if (!isAmlAuthError(error)) throw error;
    if (isUnanswered(error)) return asWritten(arm, id, options, error);
    if (error.armCode !== 'RoleAssignmentExists') throw error;
    const other = await findRoleAssignment(arm, { ...target, signal });
    if (other === undefined) throw error;
    return asExisting(other, target, options.condition);
  }
}

/** The id under which an assignment of this package is, or would be. */
export function assignmentIdOf({ scope, principalId, roleDefinitionId }: AssignmentTarget): string {
  return authorizationPath(
    scope,
    'roleAssignments',
    roleAssignmentName(scope, principalId, roleDefinitionId),
  );
}

/** Whether it is open that the service carried the write out. */
function isUnanswered({ code }: AmlAuthError): boolean {
  return code === 'AML_TIMEOUT' || code === 'AML_NETWORK' || code === 'AML_SERVICE_UNAVAILABLE';
}

/** It was not there before: what is there now was written by this call. */
async function asWritten(
  arm: Arm,
  id: string,
  { signal }: CreateRoleAssignmentOptions,
  error: AmlAuthError,
): Promise<CreatedRoleAssignment> {
  const assignment = await getRoleAssignment(arm, { id, signal }).catch(() => undefined);
  if (assignment === undefined) throw error;
  return { assignment, created: true };
}

function asExisting(
  assignment: StoredRoleAssignment,
  target: AssignmentTarget,
  condition: string | undefined,
): CreatedRoleAssignment {
  if (!isTarget(assignment, target)) {
    throw new AmlAuthError({
      code: 'AML_CONFLICT',
      message: `The role assignment ${assignment.id} has the name of the wanted one and is another: role ${assignment.roleDefinitionId} for ${assignment.principalId}.`,
      remedy: 'Delete it if nobody needs it, then assign the role again.',
    });
  }
  if (isSameCondition(assignment.condition, condition)) return { assignment, created: false };
  const message = isUnconditional(assignment.condition)
    ? `The role is assigned already, without a condition: ${assignment.id}. There cannot be a second assignment with one.`
    : `The role is assigned already, under a condition that is not the wanted one: ${assignment.id}. There cannot be a second assignment.`;
  throw new AmlAuthError({
    code: 'AML_CONFLICT',
    message,
    remedy:
      'Keep it as it is, change its condition (updateRoleAssignment), or delete it and assign the role again.',
  });
}

function propertiesOf(
  options: CreateRoleAssignmentOptions,
  { scope, principalId, roleDefinitionId }: AssignmentTarget,
): Record<string, unknown> {
  const { principalType, description, condition, conditionVersion } = options;
  const { subscriptionId } = parseScope(scope);
  const home = subscriptionId === undefined ? '/' : `/subscriptions/${subscriptionId}`;
  return {
    principalId,
    principalType,
    roleDefinitionId: authorizationPath(home, 'roleDefinitions', roleDefinitionId),
    ...(description === undefined ? {} : { description }),
    ...conditionFields(condition, conditionVersion),
  };
}
