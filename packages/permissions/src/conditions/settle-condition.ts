import type { Condition } from './condition.js';
import type { ConditionFacts } from './condition-facts.js';
import { createEvaluator, type ConditionResult } from './evaluate-condition.js';
import { parseCondition } from './parse-condition.js';
import type { Truth } from './truth.js';

/** What became of the condition of an assignment or permission entry. */
export interface SettledCondition {
  readonly truth: Truth;
  /** For `unknown`: what is left of it; undefined where its text cannot be read. */
  readonly residual?: Condition;
}

const TRUE: SettledCondition = Object.freeze({ truth: true });
const UNREADABLE: SettledCondition = Object.freeze({ truth: 'unknown' });
const MAX_CACHED = 5_000;
const parsed = new Map<string, Condition | undefined>();

/** Decides the condition of an assignment or entry. */
export type Settle = (condition: string | null | undefined) => SettledCondition;

/** Holds texts of conditions against what is known. None, or an empty one, is true. Never throws. */
export function createSettle(facts: ConditionFacts): Settle {
  let evaluate: ((condition: Condition) => ConditionResult) | undefined;
  return (text) => {
    if (typeof text !== 'string' || text.trim() === '') return TRUE;
    const condition = read(text);
    if (condition === undefined) return UNREADABLE;
    // Most requests meet no condition.
    evaluate ??= createEvaluator(facts);
    return evaluate(condition);
  };
}

/** The same conditions recur, so they are kept. */
function read(text: string): Condition | undefined {
  if (parsed.has(text)) return parsed.get(text);
  if (parsed.size >= MAX_CACHED) parsed.clear();
  let condition: Condition | undefined;
  try {
    condition = parseCondition(text);
  } catch {
    // What cannot be read stays unknown.
  }
  parsed.set(text, condition);
  return condition;
}
