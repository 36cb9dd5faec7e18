import { isAmlAuthError, parseGuid, type AmlAuthError } from '@aml-auth/core';
import type { AccessSnapshot, DenyAssignment, RoleAssignment } from '@aml-auth/permissions';

import type { Arm } from '../arm/authorization-path.js';
import { listDenyAssignments } from '../deny-assignments/list-deny-assignments.js';
import { listRoleAssignments } from '../role-assignments/list-role-assignments.js';
import { listRoleDefinitions } from '../role-definitions/list-role-definitions.js';
import { inferParents } from './infer-parents.js';

/** What {@link readAccessSnapshot} reads. */
export interface ReadAccessSnapshotOptions {
  /** A resource id, or `/`. The snapshot answers for this scope and what is below it. */
  readonly scope: string;
  /**
   * Object id of a user or service principal: reads its assignments only, and those of its groups.
   * Default: the assignments of all, without knowing who is in which group.
   */
  readonly principalId?: string | undefined;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/** A part that the caller could not read, and why. */
export interface UnreadablePart {
  readonly part: 'denyAssignments';
  /** What Azure answered instead. */
  readonly error: AmlAuthError;
}

/** A snapshot, and what is missing in it. */
export interface ReadAccessSnapshot extends AccessSnapshot {
  /** Where this is not empty, an `allowed` may be more than the service would allow. */
  readonly unreadable: readonly UnreadablePart[];
}

/** Refusals that waiting does not change: the caller's role, or a cloud without deny assignments. */
const UNREADABLE: ReadonlySet<string> = new Set(['AML_FORBIDDEN', 'AML_NOT_FOUND', 'AML_REQUEST_REJECTED']);

/**
 * Role definitions, role assignments and deny assignments at and above a scope, ready for `decide`.
 *
 * With `principalId`, `memberOf` holds the groups through which the principal has roles; a deny
 * assignment for another group of it is not seen as such. The order of management groups above each
 * other is not known.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope or object id that is none; what the
 *   `ArmClient` throws where role definitions or role assignments cannot be read
 */
export async function readAccessSnapshot(
  arm: Arm,
  options: ReadAccessSnapshotOptions,
): Promise<ReadAccessSnapshot> {
  const { scope, signal } = options;
  const assignedTo =
    options.principalId === undefined ? undefined : parseGuid(options.principalId, 'principalId');
  const [roleDefinitions, roleAssignments, denials] = await Promise.all([
    all(listRoleDefinitions(arm, { scope, signal })),
    all(listRoleAssignments(arm, { scope, atScope: true, assignedTo, signal })),
    readDenyAssignments(arm, scope, signal),
  ]);
  const scopes = [...roleAssignments, ...(denials.denyAssignments ?? [])].map((item) => item.scope);
  return {
    roleDefinitions,
    roleAssignments,
    ...denials,
    ...(assignedTo === undefined
      ? {}
      : { memberOf: { [assignedTo]: groupsIn(roleAssignments, assignedTo) } }),
    parents: inferParents(scope, scopes),
  };
}

async function readDenyAssignments(
  arm: Arm,
  scope: string,
  signal: AbortSignal | undefined,
): Promise<Pick<ReadAccessSnapshot, 'denyAssignments' | 'unreadable'>> {
  try {
    const denyAssignments: readonly DenyAssignment[] = await all(listDenyAssignments(arm, { scope, signal }));
    return { denyAssignments, unreadable: [] };
  } catch (error) {
    if (!isAmlAuthError(error) || !UNREADABLE.has(error.code)) throw error;
    return { unreadable: [{ part: 'denyAssignments', error }] };
  }
}

/** The service lists what a principal has itself and through groups: the other holders are its groups. */
function groupsIn(assignments: readonly RoleAssignment[], principalId: string): readonly string[] {
  const holders = new Set(assignments.map((assignment) => assignment.principalId.toLowerCase()));
  holders.delete(principalId);
  return [...holders];
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
