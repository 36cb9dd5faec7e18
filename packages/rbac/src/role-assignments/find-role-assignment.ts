import type { Arm } from '../arm/authorization-path.js';
import { isTarget, parseTarget, type AssignmentTarget } from './assignment-target.js';
import { listRoleAssignments } from './list-role-assignments.js';
import type { StoredRoleAssignment } from './parse-role-assignment.js';

/** What {@link findRoleAssignment} looks for. */
export interface FindRoleAssignmentOptions extends AssignmentTarget {
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The assignment of this role to this principal at this very scope, whatever its name; undefined
 * where there is none.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope that is none, and for ids that are no
 *   GUIDs; what the `ArmClient` throws
 */
export async function findRoleAssignment(
  arm: Arm,
  options: FindRoleAssignmentOptions,
): Promise<StoredRoleAssignment | undefined> {
  const target = parseTarget(options);
  const { scope, principalId } = target;
  for await (const assignment of listRoleAssignments(arm, { scope, principalId, signal: options.signal })) {
    if (isTarget(assignment, target)) return assignment;
  }
  return undefined;
}
