import { createBoundedMap } from './bounded-map.js';

/** How {@link actionMatches} compares. */
export interface ActionMatchOptions {
  /**
   * True to let a `*` between two slashes stand for one segment or more only. Azure RBAC does not
   * read its roles so; it serves to compare with tools that do. Default false.
   */
  readonly strictSegments?: boolean | undefined;
}

/** How an operation matched. */
export interface ActionMatch {
  /** True where the match rests on a `*` between two slashes standing for no segment at all. */
  readonly zeroSegment: boolean;
}

/** A pattern made ready. Takes an operation that {@link normalizeAction} has prepared. */
export type CompiledPattern = (action: string) => ActionMatch | undefined;

const PLAIN: ActionMatch = Object.freeze({ zeroSegment: false });
const ZERO_SEGMENT: ActionMatch = Object.freeze({ zeroSegment: true });
const compiled = createBoundedMap<string, CompiledPattern>(20_000);

/**
 * Whether a pattern of a role definition covers an operation, as Azure RBAC compares them: in any
 * case, `*` for any text, slashes included. A `*` between two slashes may stand for no segment at
 * all: `workspaces`, `*`, `read` in a row cover `workspaces/read`. No document states this rule;
 * the texts of the built-in roles imply it. Blanks at either end do not count. An operation that
 * is empty or has a `*` is covered by nothing.
 */
export function actionMatches(pattern: string, action: string, options: ActionMatchOptions = {}): boolean {
  const match = matchAction(pattern, action);
  return match !== undefined && !(options.strictSegments === true && match.zeroSegment);
}

/** As {@link actionMatches}, and tells whether the match rests on the rule that `*` may stand for no segment. */
export function matchAction(pattern: string, action: string): ActionMatch | undefined {
  const text = normalizeAction(action);
  return text === undefined ? undefined : compilePattern(pattern)(text);
}

/** The operation in the form that patterns are compared with; undefined for one that nothing covers. */
export function normalizeAction(action: string): string | undefined {
  const text = action.trim().toLowerCase();
  return text === '' || text.includes('*') ? undefined : text;
}

/** The pattern as a function; patterns recur, so it is kept. */
export function compilePattern(pattern: string): CompiledPattern {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const fresh = compile(pattern.trim().toLowerCase());
  compiled.set(pattern, fresh);
  return fresh;
}

function compile(pattern: string): CompiledPattern {
  const parts = pattern.split('*');
  const [left = '', right = ''] = parts;
  if (parts.length === 1) return (action) => (action === left ? PLAIN : undefined);
  if (parts.length > 2) return (action) => matchParts(parts, action);
  const length = left.length + right.length;
  const sharesSlash = right.startsWith('/');
  return (action) => {
    if (!action.startsWith(left) || !action.endsWith(right)) return undefined;
    if (action.length >= length) return PLAIN;
    // One short: beginning and end share a character. A slash is the `*` standing for no segment.
    return sharesSlash && action.length === length - 1 ? ZERO_SEGMENT : undefined;
  };
}

/** Several `*` are no longer accepted in role definitions, but old ones have them. */
function matchParts(parts: readonly string[], action: string): ActionMatch | undefined {
  if (matchInOrder(parts, action, 0)) return PLAIN;
  return matchInOrder(parts, action, 1) ? ZERO_SEGMENT : undefined;
}

/** Takes the earliest place for each part, which leaves the most to the others: linear, no backtracking. */
function matchInOrder(parts: readonly string[], action: string, sharedSlash: 0 | 1): boolean {
  const [first = ''] = parts;
  if (!action.startsWith(first)) return false;
  let position = first.length;
  for (const [index, part] of parts.entries()) {
    if (index === 0) continue;
    // One back is the end of the previous part: a slash there can only be met by one.
    const from = part.startsWith('/') ? position - sharedSlash : position;
    if (index === parts.length - 1) return action.endsWith(part) && action.length - part.length >= from;
    const found = action.indexOf(part, from);
    if (found === -1) return false;
    position = found + part.length;
  }
  return false;
}
