import type { Condition } from '../conditions/condition.js';
import { printCondition } from '../conditions/print-condition.js';
import type { EligibleGrant, Grant, NearMiss } from '../types.js';
import type { Candidate } from './access-index.js';
import type { OperationQuestion } from './find-denials.js';
import type { RoleJudge } from './role-judge.js';

/** What an assignment that reaches the request says about the operation. */
export function judgeCandidate(
  { assignment, role, through }: Candidate,
  { action, isDataAction, settle }: OperationQuestion,
  judgeRole: RoleJudge,
): Grant | NearMiss {
  if (role === undefined) return { assignment, role, through, reason: 'roleUnknown' };
  const result = judgeRole(role, action, isDataAction, settle);
  if (result.kind === 'noMatch') return { assignment, role, through, reason: 'noMatch' };
  const { match } = result;
  if (result.kind === 'excluded') {
    return { assignment, role, through, reason: 'excluded', match, excludedBy: result.excludedBy };
  }
  const own = settle(assignment.condition);
  if (result.kind === 'unmet' || own.truth === false) {
    return { assignment, role, through, reason: 'conditionUnmet', match };
  }
  if (result.kind === 'granted' && own.truth === true) return { assignment, role, through, ...match };
  const residual = result.kind === 'conditional' ? result.residual : undefined;
  const open = [residual, own.residual].filter((part) => part !== undefined);
  return { assignment, role, through, reason: 'condition', match, ...residualOf(open) };
}

/** What an eligible assignment would grant: for sure, or under a condition that is not settled. */
export function afterActivation(judged: Grant | NearMiss): EligibleGrant | undefined {
  if (!('reason' in judged)) return judged;
  const { assignment, role, through, match, reason, residual } = judged;
  if (reason !== 'condition' || role === undefined || match === undefined) return undefined;
  return { assignment, role, through, ...match, residual: residual ?? 'a condition that cannot be read' };
}

/** What is left of conditions, as text; nothing where none could be read. */
function residualOf(open: readonly Condition[]): Pick<NearMiss, 'residual'> {
  const [first] = open;
  if (first === undefined) return {};
  return { residual: printCondition(open.length === 1 ? first : { kind: 'and', operands: open }) };
}
