import type { Decision, Denial, EligibleGrant, Grant, NearMiss, Verdict } from '../types.js';

/** A step of a proof: a claim and what it rests on. Plain data, made for printing as a tree and for JSON. */
export interface ProofNode {
  /**
   * What is claimed of the subject. `excludedBy` is the pattern of `notActions` that took the operation away;
   * `residual` what is left of a condition, and would decide.
   */
  readonly claim:
    | Verdict
    /** A deny assignment applies, or would under an open condition. */
    | 'denial'
    | 'grant'
    | 'eligible'
    | 'nearMiss'
    /** The assignment is the principal's by this group; several follow each other from the principal on. */
    | 'group'
    | 'scope'
    | 'role'
    | 'pattern'
    | 'excludedBy'
    | 'residual';
  /** What it is about: an operation, an id, a name, a pattern, a condition or a reason. */
  readonly subject: string;
  /** True on a pattern that matches by the rule that no document states. */
  readonly zeroSegment?: true;
  /** What the claim rests on, in the order of the proof; empty at its end. */
  readonly children: readonly ProofNode[];
}

/**
 * A decision as a tree: the verdict at the root; below it each assignment that had a part in it; below that the
 * groups, the scope, the role and the pattern which make it so.
 */
export function proofTree(decision: Decision): ProofNode {
  return node(decision.verdict, decision.request.action, [
    ...decision.denials.map(ofDenial),
    ...decision.grants.map((grant) => node('grant', grant.assignment.id, ofGrant(grant))),
    ...decision.eligible.map((grant) => node('eligible', grant.assignment.id, ofGrant(grant))),
    ...(decision.verdict === 'allowed' ? [] : decision.nearMisses.map(ofNearMiss)),
  ]);
}

function ofDenial(denial: Denial): ProofNode {
  const { id, scope, denyAssignmentName } = denial.denyAssignment;
  return node('denial', id, [node('scope', scope), node('role', denyAssignmentName, [pattern(denial)])]);
}

function ofGrant(grant: Grant | EligibleGrant): readonly ProofNode[] {
  const residual = 'residual' in grant ? grant.residual : undefined;
  return [
    ...grant.through.map((group) => node('group', group)),
    node('scope', grant.assignment.scope),
    node('role', grant.role.roleName, [pattern(grant), ...optional('residual', residual)]),
  ];
}

function ofNearMiss(miss: NearMiss): ProofNode {
  const { assignment, role, through, match } = miss;
  return node('nearMiss', assignment.id, [
    ...through.map((group) => node('group', group)),
    node('scope', assignment.scope),
    node('role', role?.roleName ?? assignment.roleDefinitionId, [
      ...(match === undefined ? [] : [pattern(match)]),
      ...optional('excludedBy', miss.excludedBy),
      ...optional('residual', miss.residual),
    ]),
  ]);
}

function pattern(match: { readonly pattern: string; readonly zeroSegment: boolean }): ProofNode {
  return { ...node('pattern', match.pattern), ...(match.zeroSegment ? { zeroSegment: true as const } : {}) };
}

function optional(claim: ProofNode['claim'], subject: string | undefined): readonly ProofNode[] {
  return subject === undefined ? [] : [node(claim, subject)];
}

function node(claim: ProofNode['claim'], subject: string, children: readonly ProofNode[] = []): ProofNode {
  return { claim, subject, children };
}
