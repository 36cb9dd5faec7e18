import { parseCondition, roleDefinitionGuid, scopeCovers, type RoleDefinition } from '@aml-auth/permissions';

import { roleGuidOf } from '../arm/role-id.js';
import type { StoredRoleAssignment } from '../role-assignments/parse-role-assignment.js';
import { roleAssignmentName } from '../role-assignments/role-assignment-name.js';
import { isSameCondition } from '../role-assignments/role-condition.js';
import { renamedRole } from '../role-definitions/renamed-roles.js';
import type { AccessFile, WantedAssignment } from './access-file.js';
import type { PlannedAssignment, PlanProblem, PlanProblemCode, PlanStep } from './access-plan.js';
import type { AccessState } from './access-state.js';

/** What becomes of the assignments of a file. */
export interface AssignmentPlan {
  readonly missing: readonly PlannedAssignment[];
  readonly updates: readonly Extract<PlanStep, { kind: 'updateAssignment' }>[];
  readonly adopted: readonly StoredRoleAssignment[];
  readonly unchanged: number;
  /** Owned assignments that are not wanted. */
  readonly unwanted: readonly StoredRoleAssignment[];
  readonly problems: readonly PlanProblem[];
}

/**
 * Compares the assignments of a file with those that are. Principal, role and scope make them the same; their
 * names do not count.
 *
 * @param roles - as they are after the plan
 */
export function planAssignments(
  file: AccessFile,
  state: AccessState,
  roles: readonly RoleDefinition[],
): AssignmentPlan {
  const problems: PlanProblem[] = [];
  const actual = new Map(state.roleAssignments.map((one) => [keyOf(one), one]));
  const activated = new Set(state.activated);
  const wanted = new Map<string, PlannedAssignment>();
  for (const one of file.assignments) {
    problems.push(...faultsOf(one, file, state));
    const found = findRoles(one.role, roles);
    const [role] = found;
    if (role === undefined) problems.push(problem('unknown-role', one, 'There is no such role.'));
    if (found.length > 1) problems.push(problem('ambiguous-role', one, 'Several roles have this name.'));
    if (role === undefined || found.length > 1) continue;
    if (!role.assignableScopes.some((scope) => scopeCovers(scope, one.scope, { parents: state.parents }))) {
      problems.push(problem('not-assignable', one, 'The role cannot be assigned at this scope.'));
    }
    const planned = { ...one, roleDefinitionId: roleDefinitionGuid(role.id), roleName: role.roleName };
    const key = keyOf(planned);
    if (wanted.has(key)) problems.push(problem('duplicate', one, 'The file has it twice.'));
    wanted.set(key, planned);
  }
  const present = [...wanted].flatMap(([key, assignment]) => {
    const before = actual.get(key);
    return before === undefined ? [] : [{ assignment, before, parts: partsOf(assignment, before) }];
  });
  const same = present.filter(({ parts }) => parts.length === 0);
  return {
    missing: [...wanted].filter(([key]) => !actual.has(key)).map(([, one]) => one),
    updates: present.flatMap((one) => (one.parts.length === 0 ? [] : [{ kind: 'updateAssignment', ...one }])),
    adopted: same.filter((one) => !isOurName(one)).map(({ before }) => before),
    unchanged: same.length,
    unwanted: state.roleAssignments.filter(
      (one) =>
        !wanted.has(keyOf(one)) &&
        !activated.has(one.id.toLowerCase()) &&
        file.scopes.some((scope) => scopeCovers(scope, one.scope, { parents: state.parents })),
    ),
    problems,
  };
}

/** By GUID, by name, or by a name that a built-in role had before. */
function findRoles(text: string, roles: readonly RoleDefinition[]): readonly RoleDefinition[] {
  const guid = roleGuidOf(text);
  if (guid !== undefined) return roles.filter(({ id }) => roleDefinitionGuid(id) === guid);
  const name = text.trim().toLowerCase();
  const named = roles.filter(({ roleName }) => roleName.trim().toLowerCase() === name);
  const renamed = renamedRole(text);
  if (named.length > 0 || renamed === undefined) return named;
  return roles.filter(({ id }) => roleDefinitionGuid(id) === renamed);
}

/** A description that the file does not give may be any. */
function partsOf(
  wanted: WantedAssignment,
  before: StoredRoleAssignment,
): readonly ('condition' | 'description')[] {
  const isDescribed = wanted.description === undefined || wanted.description === (before.description ?? '');
  return [
    ...(isSameCondition(wanted.condition, before.condition) ? [] : (['condition'] as const)),
    ...(isDescribed ? [] : (['description'] as const)),
  ];
}

function isOurName({
  assignment: { scope, principalId, roleDefinitionId },
  before,
}: {
  readonly assignment: PlannedAssignment;
  readonly before: StoredRoleAssignment;
}): boolean {
  const name = before.id.slice(before.id.lastIndexOf('/') + 1).toLowerCase();
  return name === roleAssignmentName(scope, principalId, roleDefinitionId);
}

function faultsOf(one: WantedAssignment, { scopes }: AccessFile, { parents }: AccessState): PlanProblem[] {
  const found: PlanProblem[] = [];
  if (!scopes.some((scope) => scopeCovers(scope, one.scope, { parents }))) {
    found.push(problem('outside-scopes', one, 'The file does not own this scope.'));
  }
  try {
    if (one.condition !== undefined && one.condition.trim() !== '') parseCondition(one.condition);
  } catch (error) {
    found.push(
      problem('invalid-condition', one, error instanceof Error ? error.message : 'It cannot be read.'),
    );
  }
  return found;
}

function problem(code: PlanProblemCode, one: WantedAssignment, message: string): PlanProblem {
  return { code, message, subject: `${one.role} for ${one.principalId} at ${one.scope}` };
}

function keyOf(one: {
  readonly principalId: string;
  readonly scope: string;
  readonly roleDefinitionId: string;
}): string {
  const scope = one.scope.replace(/(.)\/+$/, '$1').toLowerCase();
  return `${one.principalId.toLowerCase()} ${roleDefinitionGuid(one.roleDefinitionId)} ${scope}`;
}
