import { countBits, type RoleMeasure } from './role-measure.js';

/** How much a set of roles gives away. Compared in this order; less is better. */
export interface CoverCost {
  /** Roles by which any other permission can be had. */
  readonly privileged: number;
  /** Operations beyond the need that bear secrets, run code or hand over an identity. */
  readonly risky: number;
  /** Operations beyond the need: of Azure Machine Learning, and one for each pattern of other roles. */
  readonly excess: number;
  /** How many roles there are. */
  readonly roles: number;
}

/** What a cover is searched for, as bits. */
export interface CoverQuestion {
  readonly needed: bigint;
  readonly risky: bigint;
}

/** The cost of roles taken together: what two of them share counts once. */
export function costOf(measures: readonly RoleMeasure[], { needed, risky }: CoverQuestion): CoverCost {
  const excess = measures.reduce((bits, { reach }) => bits | reach, 0n) & ~needed;
  return {
    privileged: measures.filter(({ isPrivileged }) => isPrivileged).length,
    risky: countBits(excess & risky),
    excess: countBits(excess),
    roles: measures.length,
  };
}

/** Below zero where `a` gives less away. */
export function compareCosts(a: CoverCost, b: CoverCost): number {
  return a.privileged - b.privileged || a.risky - b.risky || a.excess - b.excess || a.roles - b.roles;
}

/**
 * The cheapest set of roles that grants all that is needed; undefined where none does. Exact: a branch is left
 * only where it costs as much already as the best set so far, for a further role never makes a set cheaper.
 */
export function smallestCover(
  measures: readonly RoleMeasure[],
  question: CoverQuestion,
): readonly RoleMeasure[] | undefined {
  const useful = withoutDominated(
    measures.filter(({ granted }) => (granted & question.needed) !== 0n),
    question,
  ).toSorted((a, b) => compareCosts(costOf([a], question), costOf([b], question)));
  let best: { readonly cover: readonly RoleMeasure[]; readonly cost: CoverCost } | undefined;

  function search(chosen: readonly RoleMeasure[], missing: bigint): void {
    const cost = costOf(chosen, question);
    if (best !== undefined && compareCosts(cost, best.cost) >= 0) return;
    if (missing === 0n) {
      best = { cover: chosen, cost };
      return;
    }
    for (const measure of scarcest(useful, missing)) search([...chosen, measure], missing & ~measure.granted);
  }

  search([], question.needed);
  return best?.cover;
}

/** The roles that grant the missing operation which the fewest roles grant: one of them has to be taken. */
function scarcest(measures: readonly RoleMeasure[], missing: bigint): readonly RoleMeasure[] {
  let fewest: readonly RoleMeasure[] | undefined;
  for (let rest = missing; rest !== 0n; rest &= rest - 1n) {
    const bit = rest & -rest;
    const granting = measures.filter(({ granted }) => (granted & bit) !== 0n);
    if (fewest === undefined || granting.length < fewest.length) fewest = granting;
  }
  return fewest ?? [];
}

/** Leaves out a role where another grants no less of the need and reaches no further; of equals the first stays. */
function withoutDominated(
  measures: readonly RoleMeasure[],
  { needed }: CoverQuestion,
): readonly RoleMeasure[] {
  const dominates = (a: RoleMeasure, b: RoleMeasure): boolean =>
    (b.granted & needed & ~a.granted) === 0n &&
    (a.reach & ~b.reach & ~needed) === 0n &&
    (!a.isPrivileged || b.isPrivileged);
  return measures.filter(
    (measure, index) =>
      !measures.some(
        (other, at) =>
          at !== index && dominates(other, measure) && (at < index || !dominates(measure, other)),
      ),
  );
}
