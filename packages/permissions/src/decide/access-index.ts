import type { AccessSnapshot, DenyAssignment, RoleAssignment, RoleDefinition } from '../types.js';
import { CLASSIC_ADMINISTRATOR, classicAssignments } from './classic-administrators.js';
import { normalizeScope } from './normalize-scope.js';
import { principalPathFinder, type PrincipalPaths } from './principal-paths.js';
import { roleDefinitionGuid } from './role-definition-guid.js';
import { scopeChainFinder, type ScopeChain } from './scope-chain.js';

/** An assignment that reaches a principal at a scope, with what is known about it. */
export interface Candidate {
  readonly assignment: RoleAssignment;
  /** Undefined where the snapshot does not hold the definition. */
  readonly role: RoleDefinition | undefined;
  /** Group ids from the principal to the assignment's principal. */
  readonly through: readonly string[];
  /** How many scopes lie between the assignment and the request. */
  readonly distance: number;
}

/** All that bears on what one principal may do at one scope, whatever the operation. */
export interface Reach {
  readonly active: readonly Candidate[];
  readonly eligible: readonly Candidate[];
  readonly denials: readonly DenyAssignment[];
}

/** Finds the {@link Reach} of a principal at a scope. */
export type ReachFinder = (principalId: string, scope: string) => Reach;

/** An assignment with its scope in the form of `normalizeScope`, and the definition of its role. */
interface Held {
  readonly assignment: RoleAssignment;
  readonly scope: string | undefined;
  readonly role: RoleDefinition | undefined;
}

type HeldBy = (holder: string) => readonly Held[];

const EVERYONE = '00000000-0000-0000-0000-000000000000';

/** Indexes a snapshot by principal and scope. Assignments are made ready when their holder is first asked about. */
export function indexAccess(snapshot: AccessSnapshot): ReachFinder {
  const classic = classicAssignments(snapshot.classicAdministrators);
  const roles = new Map(snapshot.roleDefinitions.map((role) => [roleDefinitionGuid(role.id), role]));
  if (classic.length > 0) roles.set(CLASSIC_ADMINISTRATOR.id, CLASSIC_ADMINISTRATOR);
  const activeOf = heldFinder([...snapshot.roleAssignments, ...classic], roles);
  const eligibleOf = heldFinder(snapshot.eligibleAssignments ?? [], roles);
  const pathsOf = principalPathFinder(snapshot.memberOf);
  const chainOf = remembering(scopeChainFinder(snapshot.parents));
  const deniedAt = remembering((scope: string) => reaching(snapshot.denyAssignments ?? [], chainOf(scope)));
  return (principalId, scope) => {
    const holders = pathsOf(principalId);
    const chain = chainOf(scope);
    return {
      active: candidates(activeOf, holders, chain),
      eligible: candidates(eligibleOf, holders, chain),
      denials: deniedAt(scope).filter((deny) => names(deny, holders)),
    };
  };
}

function heldFinder(
  assignments: readonly RoleAssignment[],
  roles: ReadonlyMap<string, RoleDefinition>,
): HeldBy {
  const raw = new Map<string, RoleAssignment[]>();
  for (const assignment of assignments) {
    const key = assignment.principalId.toLowerCase();
    const list = raw.get(key);
    if (list === undefined) raw.set(key, [assignment]);
    else list.push(assignment);
  }
  const ready = new Map<string, readonly Held[]>();
  return (holder) => {
    const known = ready.get(holder);
    if (known !== undefined) return known;
    const own = raw.get(holder);
    if (own === undefined) return [];
    const held = own.map((assignment) => ({
      assignment,
      scope: normalizeScope(assignment.scope),
      role: roles.get(roleDefinitionGuid(assignment.roleDefinitionId)),
    }));
    ready.set(holder, held);
    return held;
  };
}

function candidates(heldBy: HeldBy, holders: PrincipalPaths, chain: ScopeChain): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [holder, through] of holders) {
    for (const { assignment, scope, role } of heldBy(holder)) {
      const distance = scope === undefined ? undefined : chain.get(scope);
      if (distance !== undefined) found.push({ assignment, role, through, distance });
    }
  }
  return found;
}

function reaching(all: readonly DenyAssignment[], chain: ScopeChain): readonly DenyAssignment[] {
  return all.filter(({ scope, doNotApplyToChildScopes }) => {
    const distance = chain.get(normalizeScope(scope) ?? '');
    return distance !== undefined && (distance === 0 || !doNotApplyToChildScopes);
  });
}

/** An excluded principal or group wins over inclusion. */
function names({ principals, excludePrincipals }: DenyAssignment, holders: PrincipalPaths): boolean {
  const isHolder = ({ id }: { readonly id: string }): boolean => holders.has(id.toLowerCase());
  if (excludePrincipals.some(isHolder)) return false;
  return principals.some((principal) => principal.id === EVERYONE || isHolder(principal));
}

/** Keeps the last answer: questions about one scope come in a row. */
function remembering<T>(find: (scope: string) => T): (scope: string) => T {
  let last: { readonly scope: string; readonly found: T } | undefined;
  return (scope) => {
    if (last?.scope !== scope) last = { scope, found: find(scope) };
    return last.found;
  };
}
