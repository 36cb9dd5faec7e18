import { indexAccess } from '../decide/access-index.js';
import { CLASSIC_ADMINISTRATOR, classicAssignments } from '../decide/classic-administrators.js';
import { decideWithin } from '../decide/decide-within.js';
import { evaluatePermissions } from '../decide/evaluate-permissions.js';
import { normalizeAction } from '../decide/match-action.js';
import { normalizeScope } from '../decide/normalize-scope.js';
import { roleDefinitionGuid } from '../decide/role-definition-guid.js';
import { createRoleJudge } from '../decide/role-judge.js';
import { scopeChainFinder } from '../decide/scope-chain.js';
import type { AccessRequest, AccessSnapshot, Decision, RoleAssignment } from '../types.js';
import { isEligible } from './what-can.js';

/** A request without the principal. Facts about a principal are not the same for everyone and have no place in it. */
export type AccessQuestion = Omit<AccessRequest, 'principalId'>;

/** Principals by what became of the question; everyone else is refused. Each list in the order of the snapshot. */
export interface AccessHolders {
  /** Who may do it, with the proof. */
  readonly allowed: readonly Decision[];
  /** Who may or may not: it hangs on a condition or on a role that the snapshot does not hold. */
  readonly unknown: readonly Decision[];
  /** Not allowed now, but after an activation. */
  readonly eligible: readonly Decision[];
}

/**
 * Every principal that the snapshot knows and that may do this: holders of assignments, and the members of
 * groups, of groups in groups too. A group is listed beside its members. Never throws.
 */
export function whoCan(snapshot: AccessSnapshot, question: AccessQuestion): AccessHolders {
  // One question to each: there is nothing to remember.
  const reach = indexAccess(snapshot);
  const judgeRole = createRoleJudge();
  const { principal: _, ...attributes } = question.attributes ?? {};
  const decisions = [...candidates(snapshot, question)].map((principalId) =>
    decideWithin(reach(principalId, question.scope), { ...question, attributes, principalId }, judgeRole),
  );
  return {
    allowed: decisions.filter(({ verdict }) => verdict === 'allowed'),
    unknown: decisions.filter(({ verdict }) => verdict === 'unknown'),
    eligible: decisions.filter((decision) => decision.verdict !== 'allowed' && isEligible(decision)),
  };
}

/** Who holds, itself or by a group, an assignment that may grant it. All others cannot be allowed. */
function candidates(snapshot: AccessSnapshot, { action, scope, isDataAction }: AccessQuestion): Set<string> {
  const chain = scopeChainFinder(snapshot.parents)(scope);
  const roles = new Map(snapshot.roleDefinitions.map((role) => [roleDefinitionGuid(role.id), role]));
  roles.set(CLASSIC_ADMINISTRATOR.id, CLASSIC_ADMINISTRATOR);
  const operation = normalizeAction(action);
  const judged = new Map<string, boolean>();
  const mayGrant = (id: string): boolean => {
    const role = roles.get(id);
    if (role === undefined) return true;
    const { kind } = evaluatePermissions(role.permissions, operation, isDataAction === true);
    return kind === 'granted' || kind === 'conditional';
  };
  const counts = (assignment: RoleAssignment): boolean => {
    if (!chain.has(normalizeScope(assignment.scope) ?? '')) return false;
    const id = roleDefinitionGuid(assignment.roleDefinitionId);
    const known = judged.get(id) ?? mayGrant(id);
    judged.set(id, known);
    return known;
  };
  const all = [
    ...snapshot.roleAssignments,
    ...classicAssignments(snapshot.classicAdministrators),
    ...(snapshot.eligibleAssignments ?? []),
  ];
  const holders = all.filter(counts).map(({ principalId }) => principalId.toLowerCase());
  return withMembers(new Set(holders), snapshot.memberOf);
}

/** Adds the members of groups; a Set visits what is added while it is walked. */
function withMembers(holders: Set<string>, memberOf: AccessSnapshot['memberOf']): Set<string> {
  const members = new Map<string, string[]>();
  for (const [member, groups] of Object.entries(memberOf ?? {})) {
    for (const group of groups) {
      const key = group.toLowerCase();
      const list = members.get(key);
      if (list === undefined) members.set(key, [member.toLowerCase()]);
      else list.push(member.toLowerCase());
    }
  }
  for (const holder of holders) members.get(holder)?.forEach((member) => holders.add(member));
  return holders;
}
