import { redact } from '@aml-auth/core';

import { matchAction } from '../decide/match-action.js';
import type { Decision, Denial, EligibleGrant, EntryMatch, Grant, NearMiss, Verdict } from '../types.js';

const ZERO_SEGMENT =
  'This rests on "*" between two slashes standing for no segment at all, which the built-in roles imply and no document states.';

const ANSWER: Readonly<Record<Verdict, string>> = {
  allowed: 'Allowed',
  notAllowed: 'Not allowed',
  denied: 'Denied',
  unknown: 'Not known',
};

/**
 * A decision in English sentences, the answer first, then what decided it: role, scope of the
 * assignment, the pattern that matched and the exclusion that took it away. Printable on a terminal.
 */
export function explain(decision: Decision): readonly string[] {
  const { action, isDataAction, principalId, scope } = decision.request;
  const kind = isDataAction === true ? 'data operation' : 'operation';
  return [
    `${ANSWER[decision.verdict]}: ${kind} ${action} at ${scope} for principal ${principalId}.`,
    ...decision.denials.map((denial) => ofDenial(denial, decision.verdict)),
    ...decision.grants.map((grant) => ofGrant(grant, decision.verdict)),
    ...decision.eligible.map(ofEligible),
    ...(decision.verdict === 'allowed' ? [] : ofNearMisses(decision)),
  ].map(redact);
}

function ofDenial({ denyAssignment, ...match }: Denial, verdict: Verdict): string {
  const what = `The deny assignment "${denyAssignment.denyAssignmentName}" at ${denyAssignment.scope}`;
  return sentences(
    verdict === 'denied'
      ? `${what} forbids it (${match.pattern}); it comes before every role assignment.`
      : `${what} may forbid it (${match.pattern}): it has a condition, which what is known does not settle.`,
    note(match),
  );
}

function ofGrant(grant: Grant, verdict: Verdict): string {
  const verb = verdict === 'allowed' ? 'grants' : 'would grant';
  return sentences(`${subject(grant)} ${verb} it (${grant.pattern}).`, note(grant));
}

function ofEligible(grant: EligibleGrant): string {
  return sentences(
    `Not now, but eligible: ${subject(grant).replace(/^The/, 'the').replace(', assigned', ', eligible')} would grant it (${grant.pattern}). Activate it in Privileged Identity Management.`,
    grant.residual === undefined ? '' : `It hangs on: ${grant.residual}`,
    note(grant),
  );
}

function ofNearMisses({ nearMisses, grants, request }: Decision): readonly string[] {
  if (nearMisses.length === 0 && grants.length === 0) {
    return ['No role assignment of the principal or its groups reaches this scope.'];
  }
  return nearMisses.map((miss) => ofNearMiss(miss, request.action, request.isDataAction === true));
}

function ofNearMiss(miss: NearMiss, action: string, isDataAction: boolean): string {
  const who = subject(miss);
  const pattern = miss.match?.pattern ?? '';
  switch (miss.reason) {
    case 'excluded': {
      const list = isDataAction ? 'notDataActions' : 'notActions';
      const excludedBy = miss.excludedBy ?? '';
      return sentences(
        `${who} grants ${pattern}, but its ${list} take it away (${excludedBy}); another role may still grant it.`,
        note({ zeroSegment: matchAction(excludedBy, action)?.zeroSegment === true }),
      );
    }
    case 'condition':
      return sentences(
        `${who} would grant it (${pattern}) under a condition, which what is known does not settle.`,
        miss.residual === undefined ? 'The condition cannot be read.' : `It hangs on: ${miss.residual}`,
        miss.match === undefined ? '' : note(miss.match),
      );
    case 'conditionUnmet':
      return sentences(
        `${who} would grant it (${pattern}), but its condition is not fulfilled.`,
        miss.match === undefined ? '' : note(miss.match),
      );
    case 'roleUnknown':
      return `${who} may grant it: the definition of the role is not in the snapshot.`;
    case 'noMatch':
      return `${who} does not include it.${planeNote(miss, isDataAction)}`;
  }
}

/** The mix-up that is made most often deserves its sentence. */
function planeNote({ role }: NearMiss, isDataAction: boolean): string {
  const none = role?.permissions.every(({ dataActions }) => dataActions.length === 0) === true;
  return isDataAction && none ? ' It has no dataActions, and actions never cover data operations.' : '';
}

function subject({ assignment, role, through }: Pick<NearMiss, 'assignment' | 'role' | 'through'>): string {
  const name = role === undefined ? `role ${assignment.roleDefinitionId}` : `role "${role.roleName}"`;
  const groups = through.length === 0 ? '' : ` through group ${through.join(' > ')}`;
  return `The ${name}, assigned at ${assignment.scope}${groups},`;
}

function note({ zeroSegment }: Pick<EntryMatch, 'zeroSegment'>): string {
  return zeroSegment ? ZERO_SEGMENT : '';
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
