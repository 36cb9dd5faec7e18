import { normalizeScope } from './normalize-scope.js';
import { scopeChainFinder, type ScopeParents } from './scope-chain.js';

/** What {@link scopeCovers} knows beyond the two ids. */
export interface ScopeCoversOptions {
  /** The tree of management groups, which ids do not show; as in `AccessSnapshot.parents`. */
  readonly parents?: ScopeParents | undefined;
}

/**
 * Whether an assignment at `ancestor` reaches `scope`: it is the same scope or above it. Compares
 * whole segments in any case, so that `rg1` does not cover `rg10`; a trailing slash does not count;
 * `/` covers every scope. A text that is no resource id covers nothing and is covered by nothing.
 */
export function scopeCovers(ancestor: string, scope: string, options: ScopeCoversOptions = {}): boolean {
  return createScopeCovers(options.parents)(ancestor, scope);
}

/** {@link scopeCovers} for many pairs: reads the tree of management groups once. */
export function createScopeCovers(
  parents: ScopeParents | undefined,
): (ancestor: string, scope: string) => boolean {
  const chainOf = parents === undefined ? undefined : scopeChainFinder(parents);
  return (ancestor, scope) => {
    const above = normalizeScope(ancestor);
    const below = normalizeScope(scope);
    if (above === undefined || below === undefined) return false;
    if (above === '/' || above === below || below.startsWith(`${above}/`)) return true;
    return chainOf?.(below).has(above) === true;
  };
}
