import { createDecider } from '../decide/create-decider.js';
import { createScopeCovers } from '../decide/scope-covers.js';
import { whoCan } from '../query/who-can.js';
import type { AccessSnapshot } from '../types.js';
import { controlEdges, roleEdges } from './control-edges.js';
import { escalationRoutes } from './escalation-routes.js';
import type {
  EscalationEdge,
  EscalationEnvironment,
  EscalationNode,
  EscalationRoute,
} from './escalation-types.js';

/** Who can become what. */
export interface EscalationGraph {
  /** Every way by which one node becomes, or gets hold of, another; none is there twice. */
  readonly edges: readonly EscalationEdge[];
}

/** Something within reach, and the steps to it. */
export interface EscalationPath {
  /** What is reached. */
  readonly to: EscalationNode;
  /** The steps in order: the first starts at the principal, the last ends at `to`. */
  readonly edges: readonly EscalationEdge[];
  /** False where a step hangs on a condition that is not settled. */
  readonly isCertain: boolean;
}

/**
 * Finds who can become what: by assigning roles to themselves, by widening a custom role they hold, by code on
 * computes and endpoints that run as a managed identity, by an identity given to a compute, by keys. Only what
 * roles allow is looked at, not whether a network or a policy stands in the way. Eligible assignments do not
 * count. Ids of principals are in lower case. Never throws.
 */
export function escalationGraph(
  snapshot: AccessSnapshot,
  environment: EscalationEnvironment = {},
): EscalationGraph {
  const decider = createDecider(snapshot);
  const routes = escalationRoutes(environment).map(withLowerCaseId);
  const controls = [...controlEdges(snapshot, routes, decider), ...roleEdges(snapshot, decider)];
  const edges = [
    ...controls,
    ...routes.flatMap((route) => walkers(snapshot, route)),
    ...fromControl(snapshot, controls, routes),
  ];
  const distinct = new Map(
    edges.map((edge) => {
      const { from, to, step, needs, isCertain } = edge;
      return [JSON.stringify([from, to, step, needs, isCertain]), edge] as const;
    }),
  );
  return { edges: [...distinct.values()].filter(({ from, to }) => keyOf(from) !== keyOf(to)) };
}

/** Everything that a principal can reach, by the fewest steps, certain ones first. */
export function escalationPaths({ edges }: EscalationGraph, principalId: string): readonly EscalationPath[] {
  const start: EscalationNode = { kind: 'principal', id: principalId.toLowerCase() };
  const certain = pathsFrom(
    start,
    edges.filter(({ isCertain }) => isCertain),
  );
  const known = new Set(certain.map(({ to }) => keyOf(to)));
  return [...certain, ...pathsFrom(start, edges).filter(({ to }) => !known.has(keyOf(to)))];
}

/** Breadth first: a Map visits what is added while it is walked. */
function pathsFrom(start: EscalationNode, edges: readonly EscalationEdge[]): readonly EscalationPath[] {
  const byOrigin = new Map<string, EscalationEdge[]>();
  for (const edge of edges) {
    const origin = keyOf(edge.from);
    const list = byOrigin.get(origin);
    if (list === undefined) byOrigin.set(origin, [edge]);
    else list.push(edge);
  }
  const found = new Map<string, EscalationPath>([[keyOf(start), { to: start, edges: [], isCertain: true }]]);
  for (const [key, path] of found) {
    for (const edge of byOrigin.get(key) ?? []) {
      const target = keyOf(edge.to);
      if (found.has(target)) continue;
      const isCertain = path.isCertain && edge.isCertain;
      found.set(target, { to: edge.to, edges: [...path.edges, edge], isCertain });
    }
  }
  return [...found.values()].slice(1);
}

/** Who has all that a route needs. */
function walkers(snapshot: AccessSnapshot, { to, step, needs }: EscalationRoute): readonly EscalationEdge[] {
  const holders = needs.map((need) => {
    const { allowed, unknown } = whoCan(snapshot, need);
    return new Map([
      ...unknown.map(({ request }) => [request.principalId, false] as const),
      ...allowed.map(({ request }) => [request.principalId, true] as const),
    ]);
  });
  const [first, ...others] = holders;
  return [...(first?.keys() ?? [])]
    .filter((id) => others.every((other) => other.has(id)))
    .map((id) => ({
      from: { kind: 'principal', id },
      to,
      step,
      needs,
      isCertain: holders.every((holder) => holder.get(id) === true),
    }));
}

/** Whoever controls a scope may give itself all that a route needs below it. */
function fromControl(
  snapshot: AccessSnapshot,
  controls: readonly EscalationEdge[],
  routes: readonly EscalationRoute[],
): readonly EscalationEdge[] {
  const covers = createScopeCovers(snapshot.parents);
  const nodes = controls.map(({ to }) => to).filter(({ kind }) => kind === 'control');
  return nodes.flatMap((from) =>
    routes
      .filter(({ needs }) => needs.every(({ scope }) => covers(from.id, scope)))
      .map((route) => ({ ...route, from, isCertain: true })),
  );
}

function withLowerCaseId(route: EscalationRoute): EscalationRoute {
  const { to } = route;
  return to.kind === 'principal' ? { ...route, to: { kind: 'principal', id: to.id.toLowerCase() } } : route;
}

function keyOf({ kind, id }: EscalationNode): string {
  return `${kind} ${id.toLowerCase()}`;
}
