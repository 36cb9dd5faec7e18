import { normalizeScope } from './normalize-scope.js';

/** Parents of subscriptions and management groups, as in `AccessSnapshot.parents`. */
export type ScopeParents = Readonly<Record<string, string>>;

/** Every scope that reaches a scope, in the form of `normalizeScope`, with its distance. */
export type ScopeChain = ReadonlyMap<string, number>;

const MANAGEMENT_GROUPS = '/providers/microsoft.management/managementgroups/';

/**
 * Finds every scope that reaches a scope: the scope itself (distance 0), its parents, the
 * management groups above, the root. Empty for a text that is no scope.
 */
export function scopeChainFinder(parents: ScopeParents | undefined): (scope: string) => ScopeChain {
  const parentOf = new Map(
    Object.entries(parents ?? {}).map(([child, parent]) => [asScope(child), asScope(parent)] as const),
  );
  return (scope) => {
    const chain = new Map<string, number>();
    const normal = normalizeScope(scope);
    if (normal === undefined) return chain;
    for (let at = normal; at.length > 1; at = at.slice(0, at.lastIndexOf('/'))) chain.set(at, chain.size);
    if (parentOf.size > 0) climb(chain, parentOf);
    if (!chain.has('/')) chain.set('/', chain.size);
    return chain;
  };
}

/** Adds management groups. One that has been seen is not added again, so that a cycle in the data ends. */
function climb(
  chain: Map<string, number>,
  parentOf: ReadonlyMap<string | undefined, string | undefined>,
): void {
  // A Map visits what is added while it is walked.
  for (const scope of chain.keys()) {
    const parent = parentOf.get(scope);
    if (parent !== undefined && !chain.has(parent)) chain.set(parent, chain.size);
  }
}

/** A management group may be given by its bare name. */
function asScope(id: string): string | undefined {
  return normalizeScope(id.startsWith('/') ? id : MANAGEMENT_GROUPS + id);
}
