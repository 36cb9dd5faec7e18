import type { Settle } from '../conditions/settle-condition.js';
import { everyTruth, type Truth } from '../conditions/truth.js';
import type { Denial, DenyAssignment } from '../types.js';
import { evaluatePermissions } from './evaluate-permissions.js';
import { normalizeScope } from './normalize-scope.js';

const EVERYONE = '00000000-0000-0000-0000-000000000000';

/** The facts of a request that deny assignments are held against. */
export interface DenialQuestion {
  /** From `normalizeAction`. */
  readonly action: string | undefined;
  readonly isDataAction: boolean;
  /** The principal and its groups, in lower case. */
  readonly holders: ReadonlyMap<string, unknown>;
  /** The scope (distance 0) and all above it. */
  readonly chain: ReadonlyMap<string, number>;
  readonly settle: Settle;
}

/** Deny assignments that apply, and those that would under a condition that is not settled. */
export interface Denials {
  readonly certain: readonly Denial[];
  readonly conditional: readonly Denial[];
}

/** Holds every deny assignment against the question. An excluded principal or group wins over inclusion. */
export function findDenials(
  denyAssignments: readonly DenyAssignment[] | undefined,
  question: DenialQuestion,
): Denials {
  const certain: Denial[] = [];
  const conditional: Denial[] = [];
  for (const denyAssignment of denyAssignments ?? []) {
    if (!reaches(denyAssignment, question) || !names(denyAssignment, question)) continue;
    const { action, isDataAction, settle } = question;
    const result = evaluatePermissions(denyAssignment.permissions, action, isDataAction, settle);
    if (result.kind !== 'granted' && result.kind !== 'conditional') continue;
    const ofEntry: Truth = result.kind === 'granted' ? true : 'unknown';
    const applies = everyTruth([ofEntry, settle(denyAssignment.condition).truth], (truth) => truth);
    if (applies === false) continue;
    (applies === true ? certain : conditional).push({ denyAssignment, ...result.match });
  }
  return { certain, conditional };
}

function reaches({ scope, doNotApplyToChildScopes }: DenyAssignment, { chain }: DenialQuestion): boolean {
  const distance = chain.get(normalizeScope(scope) ?? '');
  return distance !== undefined && (distance === 0 || !doNotApplyToChildScopes);
}

function names(denyAssignment: DenyAssignment, { holders }: DenialQuestion): boolean {
  const isHolder = ({ id }: { readonly id: string }): boolean => holders.has(id.toLowerCase());
  if (denyAssignment.excludePrincipals.some(isHolder)) return false;
  return denyAssignment.principals.some((principal) => principal.id === EVERYONE || isHolder(principal));
}
