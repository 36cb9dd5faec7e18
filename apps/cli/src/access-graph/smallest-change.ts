import { roleDefinitionGuid, type Decider, type EscalationEdge } from '@aml-auth/permissions';
import type { AccessCollection } from '@aml-auth/rbac';

/** The fewest role assignments without which nobody has a way any more; undefined where none can be told. */
export type SmallestChange = (edges: readonly EscalationEdge[]) => readonly string[] | undefined;

/** What would end one way of one principal: each alternative is a set of assignments that go together. */
type Clause = readonly ReadonlySet<string>[];

/** Choices that are weighed against each other; beyond, each clause takes the smallest that it has. */
const MOST_CHOICES = 2048;

/**
 * Finds what to take away so that steps end: a step ends where one of its needs is granted no more, and a need where all
 * assignments that grant it, or may under a condition, are gone. Ids of assignments come back in order. Pure.
 */
export function smallestChange(collection: AccessCollection, decider: Decider): SmallestChange {
  const heldRoles = customRolesOf(collection);
  return (edges) => {
    const clauses = new Map<string, Clause>();
    for (const edge of edges) {
      const clause = [...grantsOf(edge, decider), ...heldRoles(edge)].filter(({ size }) => size > 0);
      if (clause.length === 0) return undefined;
      clauses.set(JSON.stringify(clause.map((ids) => [...ids].toSorted())), clause);
    }
    return [...fewest([...clauses.values()])].toSorted();
  };
}

function grantsOf({ from, needs }: EscalationEdge, decider: Decider): Clause {
  return needs.map((need) => {
    const { verdict, grants, nearMisses } = decider({ principalId: from.id, ...need });
    if (verdict !== 'allowed' && verdict !== 'unknown') return new Set<string>();
    const mayGrant = nearMisses.filter(({ reason }) => reason === 'condition' || reason === 'roleUnknown');
    return new Set([...grants, ...mayGrant].map(({ assignment }) => assignment.id));
  });
}

/** Who does not hold a custom role cannot widen it for itself. */
function customRolesOf({
  roleAssignments,
  roleDefinitions,
}: AccessCollection): (edge: EscalationEdge) => Clause {
  const custom = new Set(
    roleDefinitions
      .filter(({ roleType }) => roleType === 'CustomRole')
      .map(({ id }) => roleDefinitionGuid(id)),
  );
  return ({ from, to, step }) => {
    if (step !== 'editRole') return [];
    const held = roleAssignments.filter(
      ({ principalId, scope, roleDefinitionId }) =>
        principalId.toLowerCase() === from.id &&
        scope === to.id &&
        custom.has(roleDefinitionGuid(roleDefinitionId)),
    );
    return [new Set(held.map(({ id }) => id))];
  };
}

function fewest(clauses: readonly Clause[]): ReadonlySet<string> {
  const choices = clauses.reduce((product, clause) => product * clause.length, 1);
  const bySize = clauses.map((clause) => clause.toSorted((one, other) => one.size - other.size));
  if (choices > MOST_CHOICES) return new Set(bySize.flatMap(([first]) => [...(first ?? [])]));
  let found: readonly ReadonlySet<string>[] = [new Set()];
  for (const clause of bySize)
    found = found.flatMap((chosen) => clause.map((ids) => new Set([...chosen, ...ids])));
  const [first = new Set<string>(), ...others] = found;
  return others.reduce((best, one) => (one.size < best.size ? one : best), first);
}
