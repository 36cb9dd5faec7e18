import {
  AmlAuthError,
  restateError,
  toAmlAuthError,
  type ChangeStep,
  type StepOutcome,
} from '@aml-auth/core';

import type { Arm } from '../arm/authorization-path.js';
import { authorizationPath } from '../arm/authorization-path.js';
import { outcomeOfFailure } from '../change/outcome-of-failure.js';
import type { ReplicationOptions } from '../role-assignments/await-replication.js';
import { assignmentIdOf, createRoleAssignment } from '../role-assignments/create-role-assignment.js';
import { deleteRoleAssignment } from '../role-assignments/delete-role-assignment.js';
import { updateRoleAssignment } from '../role-assignments/update-role-assignment.js';
import { createRoleDefinition } from '../role-definitions/create-role-definition.js';
import { deleteRoleDefinition } from '../role-definitions/delete-role-definition.js';
import { updateRoleDefinition } from '../role-definitions/update-role-definition.js';
import type { AccessPlan, PlanStep } from './access-plan.js';
import { describeStep } from './describe-step.js';

/** How a plan is applied. */
export interface ApplyPlanOptions extends ReplicationOptions {
  /** Told after each step. */
  readonly onStep?: ((step: PlanStep, done: number, total: number) => void | Promise<void>) | undefined;
  /** Ends the call with `AML_CANCELLED` before the next step; the error has every step. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Carries a plan out, one step after the other. Each step is safe to repeat. Where one fails, the others are not
 * started and nothing is taken back: a new plan has what is left, and no more.
 *
 * @returns the steps that were taken
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a plan with problems, before anything is sent; what the step that
 *   failed throws, with all `steps` and what became of each
 */
export async function applyAccessPlan(
  arm: Arm,
  plan: AccessPlan,
  options: ApplyPlanOptions = {},
): Promise<readonly PlanStep[]> {
  const [problem] = plan.problems;
  if (problem !== undefined) throw hasProblems(plan);
  for (const [index, step] of plan.steps.entries()) {
    let outcome: StepOutcome = 'notStarted';
    try {
      if (options.signal?.aborted === true) throw cancelled();
      outcome = 'unclear';
      await take(arm, step, options);
      outcome = 'done';
      await options.onStep?.(step, index + 1, plan.steps.length);
    } catch (error) {
      const cause = toAmlAuthError(error);
      throw stopped(plan.steps, index, cause, outcome === 'unclear' ? outcomeOfFailure(cause) : outcome);
    }
  }
  return plan.steps;
}

function cancelled(): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CANCELLED', message: 'The caller cancelled the operation.' });
}

async function take(arm: Arm, step: PlanStep, options: ApplyPlanOptions): Promise<void> {
  const { signal } = options;
  switch (step.kind) {
    case 'createRole':
      await createRoleDefinition(arm, { ...step.role, roleName: step.role.name, signal });
      return;
    case 'updateRole': {
      const { name, description = '', permissions, assignableScopes } = step.role;
      const [scope = '/'] = step.before.assignableScopes;
      const change = { roleName: name, description, permissions, assignableScopes };
      await updateRoleDefinition(arm, { ...change, scope, role: step.before.id, signal });
      return;
    }
    case 'deleteRole':
      await deleteRoleDefinition(arm, {
        scope: step.before.assignableScopes[0] ?? '/',
        role: step.before.id,
        signal,
      });
      return;
    case 'createAssignment': {
      const { onStep: _, ...replication } = options;
      await createRoleAssignment(arm, { ...replication, ...step.assignment });
      return;
    }
    case 'updateAssignment': {
      const { condition = null, description } = step.assignment;
      await updateRoleAssignment(arm, { id: step.before.id, condition, description, signal });
      return;
    }
    case 'deleteAssignment':
      await deleteRoleAssignment(arm, { id: step.before.id, signal });
  }
}

function stopped(
  steps: readonly PlanStep[],
  at: number,
  cause: AmlAuthError,
  failed: StepOutcome,
): AmlAuthError {
  const own = steps.map((step, index): ChangeStep => {
    const outcome = index < at ? 'done' : index > at ? 'notStarted' : failed;
    return { step: describeStep(step), outcome, id: idOf(step) };
  });
  const next = 'Then collect the access again and plan anew: the plan has what is left.';
  return restateError(cause, {
    message: `The plan stopped at step ${at + 1} of ${steps.length}, "${own[at]?.step ?? ''}": ${cause.message}`,
    remedy: cause.remedy === undefined ? next : `${cause.remedy} ${next}`,
    steps: own,
  });
}

function idOf(step: PlanStep): string {
  switch (step.kind) {
    case 'createRole':
    case 'updateRole':
      return authorizationPath(step.role.assignableScopes[0] ?? '/', 'roleDefinitions', step.role.id);
    case 'createAssignment':
      return assignmentIdOf(step.assignment);
    case 'updateAssignment':
    case 'deleteAssignment':
    case 'deleteRole':
      return step.before.id;
  }
}

function hasProblems({ problems }: AccessPlan): AmlAuthError {
  const shown = problems.slice(0, 5).map(({ message, subject }) => `${subject}: ${message}`);
  const more = problems.length > shown.length ? ` … and ${problems.length - shown.length} more` : '';
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The plan has problems and was not begun. ${shown.join(' ')}${more}`,
    remedy: 'Correct the access file, then plan anew.',
  });
}
