import { createSettle } from '../conditions/settle-condition.js';
import type { AccessRequest, Decision, EligibleGrant, Grant, NearMiss, Verdict } from '../types.js';
import type { Candidate, Reach } from './access-index.js';
import { findDenials, type Denials, type OperationQuestion } from './find-denials.js';
import { afterActivation, judgeCandidate } from './judge-candidate.js';
import { normalizeAction } from './match-action.js';
import type { RoleJudge } from './role-judge.js';

interface Found<T> {
  readonly value: T;
  readonly distance: number;
}

const CLOSENESS = { excluded: 0, condition: 1, conditionUnmet: 2, roleUnknown: 3, noMatch: 4 } as const;

/** Decides a request by what reaches its principal at its scope. */
export function decideWithin(reach: Reach, request: AccessRequest, judgeRole: RoleJudge): Decision {
  const question: OperationQuestion = {
    action: normalizeAction(request.action),
    isDataAction: request.isDataAction === true,
    settle: createSettle(request),
  };
  const denials = findDenials(reach.denials, question);
  const grants: Found<Grant>[] = [];
  const nearMisses: Found<NearMiss>[] = [];
  for (const candidate of reach.active) {
    const { distance } = candidate;
    const judged = judgeCandidate(candidate, question, judgeRole);
    if ('reason' in judged) nearMisses.push({ value: judged, distance });
    else grants.push({ value: judged, distance });
  }
  const verdict = verdictOf(denials, grants.length > 0, nearMisses);
  const isOpen = grants.length === 0 && verdict !== 'denied';
  return {
    verdict,
    request,
    grants: sorted(grants, rankOfGrant),
    denials: denials.certain.length > 0 ? denials.certain : denials.conditional,
    nearMisses: sorted(nearMisses, ({ reason }) => CLOSENESS[reason]),
    eligible: isOpen ? activatable(reach.eligible, question, judgeRole) : [],
  };
}

function activatable(
  eligible: readonly Candidate[],
  question: OperationQuestion,
  judgeRole: RoleJudge,
): readonly EligibleGrant[] {
  const found = eligible.flatMap((candidate): readonly Found<EligibleGrant>[] => {
    const value = afterActivation(judgeCandidate(candidate, question, judgeRole));
    return value === undefined ? [] : [{ value, distance: candidate.distance }];
  });
  return sorted(found, rankOfGrant);
}

/** What hangs on nothing first, then what needs no unwritten rule. */
function rankOfGrant({ residual, zeroSegment }: EligibleGrant): number {
  return (residual === undefined ? 0 : 2) + (zeroSegment ? 1 : 0);
}

function verdictOf(denials: Denials, granted: boolean, nearMisses: readonly Found<NearMiss>[]): Verdict {
  if (denials.certain.length > 0) return 'denied';
  if (granted) return denials.conditional.length > 0 ? 'unknown' : 'allowed';
  const open = nearMisses.some(({ value: { reason } }) => reason === 'condition' || reason === 'roleUnknown');
  return open ? 'unknown' : 'notAllowed';
}

/** By rank, then the nearest scope first; equals keep their order. */
function sorted<T>(found: readonly Found<T>[], rank: (value: T) => number): readonly T[] {
  if (found.length < 2) return found.map(({ value }) => value);
  return found
    .toSorted((a, b) => rank(a.value) - rank(b.value) || a.distance - b.distance)
    .map(({ value }) => value);
}
