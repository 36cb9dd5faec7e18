import { roleDefinitionGuid } from '@aml-auth/permissions';

import type { StoredRoleAssignment } from '../role-assignments/parse-role-assignment.js';
import type { AccessFile } from './access-file.js';
import type { AccessPlan, PlannedAssignment, PlanStep } from './access-plan.js';
import type { AccessState } from './access-state.js';
import { guardPlan, type PlanLimits } from './guard-plan.js';
import { planAssignments } from './plan-assignments.js';
import { planRoles, type RolePlan } from './plan-roles.js';

/** What {@link planAccess} looks after besides. */
export interface PlanAccessOptions extends PlanLimits {
  /** Object id of whoever applies the plan: it must not take away its own right to do so. Default: not looked at. */
  readonly callerId?: string | undefined;
}

/**
 * What leads from the access that is to the access that should be. Pure: no request is made, and the same input
 * gives the same plan. An assignment that is there under any name is taken over as it is; one whose condition or
 * description differs is changed; one that takes the place of another, of the same principal at the same scope,
 * comes before the other goes. Nothing is deleted unless the file prunes. A plan for what its own steps have led to is empty.
 */
export function planAccess(
  file: AccessFile,
  state: AccessState,
  options: PlanAccessOptions = {},
): AccessPlan {
  const roles = planRoles(file, state);
  const assignments = planAssignments(file, state, roles.after);
  const goes = file.prune ? assignments.unwanted : [];
  const replaced = pairs(assignments.missing, goes);
  const steps: readonly PlanStep[] = [
    ...roles.writes,
    ...assignments.missing.map((assignment): PlanStep => {
      const replaces = replaced.get(assignment)?.id;
      return { kind: 'createAssignment', assignment, ...(replaces === undefined ? {} : { replaces }) };
    }),
    ...assignments.updates,
    ...deletions(goes, new Set(replaced.values()), state),
    ...(file.prune ? roles.unwanted.map((before): PlanStep => ({ kind: 'deleteRole', before })) : []),
  ];
  return {
    steps,
    adopted: assignments.adopted,
    unchanged: roles.unchanged + assignments.unchanged,
    unmanaged: {
      assignments: file.prune ? [] : assignments.unwanted,
      roles: file.prune ? [] : roles.unwanted,
    },
    problems: [
      ...roles.problems,
      ...assignments.problems,
      ...guardPlan(steps, state, after(state, roles, steps), options),
    ],
  };
}

/** Whoever gets another role in place of one: each one that goes is replaced by one at most. */
function pairs(
  missing: readonly PlannedAssignment[],
  goes: readonly StoredRoleAssignment[],
): ReadonlyMap<PlannedAssignment, StoredRoleAssignment> {
  const free = new Set(goes);
  const found = new Map<PlannedAssignment, StoredRoleAssignment>();
  for (const one of missing) {
    const other = [...free].find(
      ({ principalId, scope }) =>
        principalId.toLowerCase() === one.principalId.toLowerCase() &&
        scope.toLowerCase() === one.scope.toLowerCase(),
    );
    if (other === undefined) continue;
    free.delete(other);
    found.set(one, other);
  }
  return found;
}

function deletions(
  goes: readonly StoredRoleAssignment[],
  replaced: ReadonlySet<StoredRoleAssignment>,
  { roleDefinitions }: AccessState,
): readonly PlanStep[] {
  const names = new Map(roleDefinitions.map(({ id, roleName }) => [roleDefinitionGuid(id), roleName]));
  return goes.map((before) => {
    const guid = roleDefinitionGuid(before.roleDefinitionId);
    return {
      kind: 'deleteAssignment',
      before,
      roleName: names.get(guid) ?? guid,
      isReplaced: replaced.has(before),
    };
  });
}

/** The state that the steps lead to. */
function after(state: AccessState, roles: RolePlan, steps: readonly PlanStep[]): AccessState {
  const gone = new Set<StoredRoleAssignment>();
  const more: StoredRoleAssignment[] = [];
  for (const step of steps) {
    if (step.kind === 'deleteAssignment') gone.add(step.before);
    if (step.kind === 'updateAssignment') {
      gone.add(step.before);
      more.push({ ...step.before, condition: step.assignment.condition });
    }
    if (step.kind === 'createAssignment') more.push({ ...step.assignment, id: 'planned' });
  }
  const roleAssignments = [...state.roleAssignments.filter((one) => !gone.has(one)), ...more];
  return { ...state, roleDefinitions: roles.after, roleAssignments };
}
