import type { Settle } from '../conditions/settle-condition.js';
import { everyTruth, type Truth } from '../conditions/truth.js';
import type { Denial, DenyAssignment } from '../types.js';
import { evaluatePermissions } from './evaluate-permissions.js';

/** An operation, and what is known for conditions. */
export interface OperationQuestion {
  /** From `normalizeAction`. */
  readonly action: string | undefined;
  readonly isDataAction: boolean;
  readonly settle: Settle;
}

/** Deny assignments that apply, and those that would under a condition that is not settled. */
export interface Denials {
  readonly certain: readonly Denial[];
  readonly conditional: readonly Denial[];
}

/** Holds deny assignments that reach the principal at the scope against an operation. */
export function findDenials(
  denyAssignments: readonly DenyAssignment[],
  { action, isDataAction, settle }: OperationQuestion,
): Denials {
  const certain: Denial[] = [];
  const conditional: Denial[] = [];
  for (const denyAssignment of denyAssignments) {
    const result = evaluatePermissions(denyAssignment.permissions, action, isDataAction, settle);
    if (result.kind !== 'granted' && result.kind !== 'conditional') continue;
    const ofEntry: Truth = result.kind === 'granted' ? true : 'unknown';
    const applies = everyTruth([ofEntry, settle(denyAssignment.condition).truth], (truth) => truth);
    if (applies === false) continue;
    (applies === true ? certain : conditional).push({ denyAssignment, ...result.match });
  }
  return { certain, conditional };
}
