import type { AccessSnapshot, Decision } from '../types.js';
import { whatCan, type AccessSubject } from './what-can.js';

/** One side of a comparison. */
export interface ComparedAccess extends Omit<AccessSubject, 'actions' | 'dataActions'> {
  /** The roles and assignments that this side is decided from. */
  readonly snapshot: AccessSnapshot;
}

/** How {@link compare} goes about it. */
export type CompareOptions = Pick<AccessSubject, 'actions' | 'dataActions'>;

/** What two sides may do, as operations. Only what is allowed for sure counts. */
export interface AccessComparison {
  /** Operations that both sides may do. */
  readonly both: readonly string[];
  /** Allowed on the first side only. */
  readonly onlyFirst: readonly Decision[];
  /** Allowed on the second side only. */
  readonly onlySecond: readonly Decision[];
}

/**
 * Compares the access of two principals, or of one at two scopes or in two snapshots, operation by operation.
 * Never throws.
 */
export function compare(
  first: ComparedAccess,
  second: ComparedAccess,
  options: CompareOptions = {},
): AccessComparison {
  const [one, two] = [first, second].map(
    ({ snapshot, ...subject }) => whatCan(snapshot, { ...subject, ...options }).allowed,
  ) as [readonly Decision[], readonly Decision[]];
  const [inOne, inTwo] = [new Set(one.map(keyOf)), new Set(two.map(keyOf))];
  return {
    both: one.filter((decision) => inTwo.has(keyOf(decision))).map(({ request }) => request.action),
    onlyFirst: one.filter((decision) => !inTwo.has(keyOf(decision))),
    onlySecond: two.filter((decision) => !inOne.has(keyOf(decision))),
  };
}

/** The planes may have operations of the same name. */
function keyOf({ request: { action, isDataAction } }: Decision): string {
  return `${isDataAction === true ? 'data' : 'control'} ${action.toLowerCase()}`;
}
