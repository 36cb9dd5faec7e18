import type { Condition } from '../conditions/condition.js';
import type { Settle, SettledCondition } from '../conditions/settle-condition.js';
import type { EntryMatch, PermissionEntry } from '../types.js';
import { compilePattern } from './match-action.js';

/**
 * What a list of permission entries says about one operation.
 * `conditional` – an entry covers it under a condition that is not settled, and none without one;
 * `unmet` – an entry covers it under a condition that is not fulfilled, and none otherwise;
 * `excluded` – every entry that names it takes it away again.
 */
export type PermissionsResult =
  | { readonly kind: 'granted' | 'unmet'; readonly match: EntryMatch }
  | { readonly kind: 'conditional'; readonly match: EntryMatch; readonly residual: Condition | undefined }
  | { readonly kind: 'excluded'; readonly match: EntryMatch; readonly excludedBy: string }
  | { readonly kind: 'noMatch' };

/** Which of the results of several entries stands for the whole: the first kind that occurs. */
const RANK = { granted: 0, conditional: 1, unmet: 2, excluded: 3 } as const;

const ONLY_WITHOUT: Settle = (condition) => ({ truth: isConditional({ condition }) ? 'unknown' : true });

/**
 * Evaluates each entry on its own: what one entry's `notActions` takes away, another may still
 * grant. Operations of the data plane are looked up in `dataActions` only, all others in `actions`.
 *
 * @param action - from `normalizeAction`; undefined is covered by nothing
 * @param settle - default: no condition is known to be fulfilled or not
 */
export function evaluatePermissions(
  permissions: readonly PermissionEntry[],
  action: string | undefined,
  isDataAction: boolean,
  settle: Settle = ONLY_WITHOUT,
): PermissionsResult {
  if (action === undefined) return { kind: 'noMatch' };
  let best: Exclude<PermissionsResult, { kind: 'noMatch' }> | undefined;
  for (const [index, entry] of permissions.entries()) {
    const match = bestMatch(isDataAction ? entry.dataActions : entry.actions, action, index);
    if (match === undefined) continue;
    const excluded = bestMatch(isDataAction ? entry.notDataActions : entry.notActions, action, index);
    const result =
      excluded !== undefined
        ? { kind: 'excluded' as const, match, excludedBy: excluded.pattern }
        : underCondition(match, settle(entry.condition));
    if (best === undefined || rank(result) < rank(best)) best = result;
  }
  return best ?? { kind: 'noMatch' };
}

function underCondition(
  match: EntryMatch,
  { truth, residual }: SettledCondition,
): Exclude<PermissionsResult, { kind: 'noMatch' | 'excluded' }> {
  if (truth === 'unknown') return { kind: 'conditional', match, residual };
  return { kind: truth ? 'granted' : 'unmet', match };
}

/** Whether a condition is attached. An empty one, as some replies have it, is none. */
export function isConditional(part: { readonly condition?: string | null | undefined }): boolean {
  return typeof part.condition === 'string' && part.condition.trim() !== '';
}

/** The first pattern that covers the operation; one that needs no unwritten rule goes first. */
function bestMatch(patterns: readonly string[], action: string, entry: number): EntryMatch | undefined {
  let weaker: EntryMatch | undefined;
  for (const pattern of patterns) {
    const match = compilePattern(pattern)(action);
    if (match === undefined) continue;
    if (!match.zeroSegment) return { entry, pattern, zeroSegment: false };
    weaker ??= { entry, pattern, zeroSegment: true };
  }
  return weaker;
}

function rank(result: Exclude<PermissionsResult, { kind: 'noMatch' }>): number {
  return RANK[result.kind] * 2 + (result.match.zeroSegment ? 1 : 0);
}
