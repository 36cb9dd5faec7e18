import { normalizeAction } from '../decide/match-action.js';
import { contains, type OperationSet } from './operation-set.js';

/** One of these occurs in no pattern of a real role; it stands around the text that may be anything. */
const MARKS = ['~', '^', '§', '¤', '¦'];

/**
 * An operation that `larger` has and `smaller` has not, or undefined where there is none: then `larger` is
 * within `smaller`. Exact for patterns with at most one `*`, without a list of operations. What such patterns
 * say of an operation hangs on how it begins and ends: on the longest beginning and the longest end that
 * any of them names. So it is enough to try each literal pattern, and each beginning with each end, apart by
 * a text that no pattern knows, adjoining, and overlapping. With more than one `*` in a pattern of old, a
 * difference may be missed.
 */
export function differenceWitness(
  larger: readonly OperationSet[],
  smaller: readonly OperationSet[],
): string | undefined {
  const isWitness = (text: string): boolean => {
    const operation = normalizeAction(text);
    return operation !== undefined && contains(larger, operation) && !contains(smaller, operation);
  };
  const all = [...larger, ...smaller].flatMap(({ patterns, except }) => [...patterns, ...except]);
  const literal = all.filter((pattern) => !pattern.includes('*')).find(isWitness);
  if (literal !== undefined) return literal.trim();
  const ends = all.map(endsOf);
  const lefts = [...new Set(ends.map(({ left }) => left))];
  const rights = [...new Set(ends.map(({ right }) => right))];
  const text = unknownText(all);
  for (const { left, right } of larger.flatMap(({ patterns }) => patterns).map(endsOf)) {
    for (const begin of lefts.filter((other) => other.startsWith(left))) {
      for (const end of rights.filter((other) => other.endsWith(right))) {
        const found = joined(begin, end, text).find(isWitness);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

/** An operation that stands for a pattern: itself, or with a text for the `*` that no other pattern names. */
export function representative(pattern: string): string {
  const text = pattern.trim();
  return text.replaceAll('*', unknownText([text]));
}

function endsOf(pattern: string): { readonly left: string; readonly right: string } {
  const text = pattern.trim().toLowerCase();
  const first = text.indexOf('*');
  return first === -1
    ? { left: text, right: text }
    : { left: text.slice(0, first), right: text.slice(text.lastIndexOf('*') + 1) };
}

function joined(begin: string, end: string, text: string): readonly string[] {
  const words = [begin + text + end, begin + end];
  for (let shared = 1; shared <= Math.min(begin.length, end.length); shared += 1) {
    if (begin.endsWith(end.slice(0, shared))) words.push(begin + end.slice(shared));
  }
  return words;
}

function unknownText(patterns: readonly string[]): string {
  const mark = MARKS.find((one) => !patterns.some((pattern) => pattern.includes(one))) ?? '\u{10FFFD}';
  return `${mark}any${mark}`;
}
