import { createSettle } from '../conditions/settle-condition.js';
import { printCondition } from '../conditions/print-condition.js';
import type { Condition } from '../conditions/condition.js';
import type {
  AccessRequest,
  AccessSnapshot,
  Decision,
  EligibleGrant,
  Grant,
  NearMiss,
  RoleAssignment,
  RoleDefinition,
  Verdict,
} from '../types.js';
import { CLASSIC_ADMINISTRATOR, classicAssignments } from './classic-administrators.js';
import { evaluatePermissions } from './evaluate-permissions.js';
import { findDenials, type DenialQuestion, type Denials } from './find-denials.js';
import { normalizeAction } from './match-action.js';
import { normalizeScope } from './normalize-scope.js';
import { principalPathFinder } from './principal-paths.js';
import { roleDefinitionGuid } from './role-definition-guid.js';
import { scopeChainFinder } from './scope-chain.js';

/** Answers requests over one snapshot. */
export type Decider = (request: AccessRequest) => Decision;

/** An assignment that reaches the request, with what is known about it. */
interface Candidate {
  readonly assignment: RoleAssignment;
  readonly role: RoleDefinition | undefined;
  readonly through: readonly string[];
  /** How many scopes lie between the assignment and the request. */
  readonly distance: number;
}

interface Found<T> {
  readonly value: T;
  readonly distance: number;
}

const CLOSENESS = { excluded: 0, condition: 1, conditionUnmet: 2, roleUnknown: 3, noMatch: 4 } as const;

/**
 * Prepares a snapshot for many questions; the function that comes back decides as {@link decide}
 * does. Later changes of the snapshot may go unseen. Where two role definitions have the same id,
 * the last one counts.
 */
export function createDecider(snapshot: AccessSnapshot): Decider {
  const classic = classicAssignments(snapshot.classicAdministrators);
  const roles = new Map(snapshot.roleDefinitions.map((role) => [roleDefinitionGuid(role.id), role]));
  if (classic.length > 0) roles.set(CLASSIC_ADMINISTRATOR.id, CLASSIC_ADMINISTRATOR);
  const active = byPrincipal([...snapshot.roleAssignments, ...classic]);
  const eligible = byPrincipal(snapshot.eligibleAssignments ?? []);
  const pathsOf = principalPathFinder(snapshot.memberOf);
  const chainOf = scopeChainFinder(snapshot.parents);

  function candidates(
    assignments: ReadonlyMap<string, readonly RoleAssignment[]>,
    holders: ReadonlyMap<string, readonly string[]>,
    chain: ReadonlyMap<string, number>,
  ): readonly Candidate[] {
    const found: Candidate[] = [];
    for (const [holder, through] of holders) {
      for (const assignment of assignments.get(holder) ?? []) {
        const distance = chain.get(normalizeScope(assignment.scope) ?? '');
        if (distance === undefined) continue;
        const role = roles.get(roleDefinitionGuid(assignment.roleDefinitionId));
        found.push({ assignment, role, through, distance });
      }
    }
    return found;
  }

  return (request) => {
    const action = normalizeAction(request.action);
    const isDataAction = request.isDataAction === true;
    const holders = pathsOf(request.principalId);
    const chain = chainOf(request.scope);
    const settle = createSettle(request);
    const question = { action, isDataAction, holders, chain, settle };
    const denials = findDenials(snapshot.denyAssignments, question);
    const grants: Found<Grant>[] = [];
    const nearMisses: Found<NearMiss>[] = [];
    for (const candidate of candidates(active, holders, chain)) {
      const { distance } = candidate;
      const judged = judge(candidate, question);
      if ('reason' in judged) nearMisses.push({ value: judged, distance });
      else grants.push({ value: judged, distance });
    }
    const verdict = verdictOf(denials, grants.length > 0, nearMisses);
    const isOpen = eligible.size > 0 && grants.length === 0 && verdict !== 'denied';
    const activatable = isOpen ? candidates(eligible, holders, chain) : [];
    return {
      verdict,
      request,
      grants: sorted(grants, rankOfGrant),
      denials: denials.certain.length > 0 ? denials.certain : denials.conditional,
      nearMisses: sorted(nearMisses, ({ reason }) => CLOSENESS[reason]),
      eligible: sorted(
        activatable.flatMap((candidate) => afterActivation(candidate, question)),
        rankOfGrant,
      ),
    };
  };
}

function byPrincipal(assignments: readonly RoleAssignment[]): ReadonlyMap<string, readonly RoleAssignment[]> {
  const groups = new Map<string, RoleAssignment[]>();
  for (const assignment of assignments) {
    const key = assignment.principalId.toLowerCase();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [assignment]);
    else group.push(assignment);
  }
  return groups;
}

function judge(
  candidate: Candidate,
  { action, isDataAction, settle }: Pick<DenialQuestion, 'action' | 'isDataAction' | 'settle'>,
): Grant | NearMiss {
  const { assignment, role, through } = candidate;
  if (role === undefined) return { assignment, role, through, reason: 'roleUnknown' };
  const result = evaluatePermissions(role.permissions, action, isDataAction, settle);
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
function afterActivation(
  candidate: Candidate,
  question: Pick<DenialQuestion, 'action' | 'isDataAction' | 'settle'>,
): readonly Found<EligibleGrant>[] {
  const { assignment, role, through, distance } = candidate;
  const judged = judge(candidate, question);
  if (!('reason' in judged)) return [{ value: judged, distance }];
  const { match, reason, residual } = judged;
  if (reason !== 'condition' || role === undefined || match === undefined) return [];
  return [
    {
      value: { assignment, role, through, ...match, residual: residual ?? 'a condition that cannot be read' },
      distance,
    },
  ];
}

/** What hangs on nothing first, then what needs no unwritten rule. */
function rankOfGrant({ residual, zeroSegment }: EligibleGrant): number {
  return (residual === undefined ? 0 : 2) + (zeroSegment ? 1 : 0);
}

/** What is left of conditions, as text; nothing where none could be read. */
function residualOf(open: readonly Condition[]): Pick<NearMiss, 'residual'> {
  const [first] = open;
  if (first === undefined) return {};
  return { residual: printCondition(open.length === 1 ? first : { kind: 'and', operands: open }) };
}

function verdictOf(denials: Denials, granted: boolean, nearMisses: readonly Found<NearMiss>[]): Verdict {
  if (denials.certain.length > 0) return 'denied';
  if (granted) return denials.conditional.length > 0 ? 'unknown' : 'allowed';
  const open = nearMisses.some(({ value: { reason } }) => reason === 'condition' || reason === 'roleUnknown');
  return open ? 'unknown' : 'notAllowed';
}

/** By rank, then the nearest scope first; equals keep their order. */
function sorted<T>(found: readonly Found<T>[], rank: (value: T) => number): readonly T[] {
  return found
    .toSorted((a, b) => rank(a.value) - rank(b.value) || a.distance - b.distance)
    .map(({ value }) => value);
}
