import { compilePattern } from '../decide/match-action.js';

/** Operations of one plane, as one permission entry has them. */
export interface OperationSet {
  readonly patterns: readonly string[];
  /** What is taken away from this entry alone. */
  readonly except: readonly string[];
}

/** Whether a union of sets has an operation. @param operation - from `normalizeAction` */
export function contains(sets: readonly OperationSet[], operation: string): boolean {
  const covered = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => compilePattern(pattern)(operation) !== undefined);
  return sets.some(({ patterns, except }) => covered(patterns) && !covered(except));
}
