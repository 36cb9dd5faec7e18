import {
  restateError,
  toAmlAuthError,
  type AmlAuthError,
  type ChangeStep,
  type StepOutcome,
} from '@aml-auth/core';

import type { Arm } from '../arm/authorization-path.js';
import { outcomeOfFailure } from '../change/outcome-of-failure.js';
import { undoSteps, type WayBack } from '../change/undo-steps.js';
import type { ReplicationOptions } from '../role-assignments/await-replication.js';
import { createRoleAssignment } from '../role-assignments/create-role-assignment.js';
import { deleteRoleAssignment } from '../role-assignments/delete-role-assignment.js';
import type { AccessGrant, AccessReceipt } from './access-receipt.js';
import { describeWish } from './grant-wish.js';

/** How access is given. */
export interface GrantOptions extends ReplicationOptions {
  /** Of every new role assignment. At most 2,048 characters. */
  readonly description?: string | undefined;
  /**
   * What happens where a step fails: `undo` (default) takes back what this call made; `keep` leaves it, for the same
   * call to go on with. The error names every step and what became of it.
   */
  readonly onFailure?: 'undo' | 'keep' | undefined;
  /**
   * Told before the first write and after each one. Kept in a file, the receipt takes the change back even where the
   * process ends in the middle.
   */
  readonly onReceipt?: ((receipt: AccessReceipt) => void | Promise<void>) | undefined;
  /** Ends the call with `AML_CANCELLED`; what was made is then treated as after any failure. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the planned role assignments, one after the other.
 *
 * @param before - steps that were taken before, for the error
 * @throws {AmlAuthError} what the step that failed throws, with all `steps`
 */
export async function applyGrants(
  arm: Arm,
  plan: AccessReceipt,
  options: GrantOptions,
  before: readonly ChangeStep[] = [],
): Promise<AccessReceipt> {
  let receipt = plan;
  let current = -1;
  try {
    await options.onReceipt?.(receipt);
    for (const [index, grant] of plan.grants.entries()) {
      current = index;
      if (grant.outcome === 'existing') continue;
      const made = await assign(arm, receipt, grant, options);
      receipt = { ...receipt, grants: receipt.grants.with(index, made) };
      await options.onReceipt?.(receipt);
    }
    return receipt;
  } catch (error) {
    const cause = toAmlAuthError(error);
    throw await stopped(arm, { receipt, current, cause, before }, options);
  }
}

async function assign(
  arm: Arm,
  { principal }: AccessReceipt,
  grant: AccessGrant,
  options: GrantOptions,
): Promise<AccessGrant> {
  const { scope, roleDefinitionId } = grant;
  const { assignment, created } = await createRoleAssignment(arm, {
    ...options,
    scope,
    roleDefinitionId,
    principalId: principal.objectId,
    principalType: principal.type,
    condition: undefined,
  });
  return { ...grant, id: assignment.id, outcome: created ? 'created' : 'existing' };
}

interface Halt {
  readonly receipt: AccessReceipt;
  /** Index of the grant that failed; -1 before the first one. */
  readonly current: number;
  readonly cause: AmlAuthError;
  readonly before: readonly ChangeStep[];
}

async function stopped(arm: Arm, halt: Halt, options: GrantOptions): Promise<AmlAuthError> {
  const { receipt, current, cause } = halt;
  const reached = receipt.grants.map((grant, index) => outcomeOf(grant, index - current, cause));
  const wayBack = (index: number): WayBack | undefined => {
    const grant = receipt.grants[index];
    const mayBeThere = grant?.outcome === 'created' || reached[index] === 'unclear';
    // Without the caller's signal: a cancelled call takes back what it did, too.
    return grant !== undefined && mayBeThere ? () => deleteRoleAssignment(arm, { id: grant.id }) : undefined;
  };
  const outcomes = options.onFailure === 'keep' ? reached : await undoSteps({ outcomes: reached, wayBack });
  const own = receipt.grants.map((grant, index): ChangeStep => {
    const found = grant.outcome === 'existing' ? ' (was there before)' : '';
    return { step: `${describeWish(grant)}${found}`, outcome: outcomes[index] ?? 'notStarted', id: grant.id };
  });
  const failing = receipt.grants[current];
  const place = failing === undefined ? 'before the first step' : `at the step "${describeWish(failing)}"`;
  return restateError(cause, {
    message: `The change of access stopped ${place}: ${cause.message}`,
    remedy: remedyOf(cause, own),
    steps: [...halt.before, ...own],
  });
}

/** @param distance - how far behind the failed grant it is */
function outcomeOf(grant: AccessGrant, distance: number, cause: AmlAuthError): StepOutcome {
  if (grant.outcome !== 'planned') return 'done';
  if (distance > 0) return 'notStarted';
  return outcomeOfFailure(cause);
}

function remedyOf(cause: AmlAuthError, steps: readonly ChangeStep[]): string {
  const left = steps.filter(({ outcome }) => outcome === 'notUndone' || outcome === 'unclear');
  const next =
    left.length > 0
      ? `Then make the same call again, or revokeAccess with the receipt: ${left.map(({ id }) => String(id)).join(', ')} may be there.`
      : 'Then make the same call again: what is there already is no error.';
  return cause.remedy === undefined ? next : `${cause.remedy} ${next}`;
}
