import type { OperatorMeaning, Relation } from './operators.js';
import { isLike } from './string-like.js';

/** One value of an attribute or of a condition. */
export type ConditionValue = string | number | boolean;

const GUID = /^(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\da-f]{32})$/i;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * Compares two values as an operator asks.
 *
 * @returns undefined where a value is not of the operator's type
 */
export function compareValues(
  left: ConditionValue,
  { type, relation, negated, ignoreCase }: OperatorMeaning,
  right: ConditionValue,
): boolean | undefined {
  const [a, b] = [left, right].map((value) => comparable(value, type, ignoreCase));
  if (a === undefined || b === undefined) return undefined;
  return compare(a, relation, b) !== negated;
}

/** The value in a form that compares by `===` and `<`. */
function comparable(
  value: ConditionValue,
  type: OperatorMeaning['type'],
  ignoreCase: boolean,
): ConditionValue | undefined {
  switch (type) {
    case 'string':
      return typeof value !== 'string' ? undefined : ignoreCase ? value.toLowerCase() : value;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'boolean':
      return asBoolean(value);
    case 'guid':
      return typeof value === 'string' && GUID.test(value)
        ? value.replaceAll('-', '').toLowerCase()
        : undefined;
    case 'dateTime':
      return typeof value === 'string' && DATE_TIME.test(value) ? asTime(value) : undefined;
  }
}

function asBoolean(value: ConditionValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

/** Milliseconds since the epoch; a time without a zone is in UTC. */
function asTime(text: string): number | undefined {
  const day = text.slice(0, 'YYYY-MM-DD'.length);
  const start = Date.parse(day);
  // `Date` turns February 31 into a day of March.
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(day)) return undefined;
  const hasZone = /Z$|[+-]\d{2}:\d{2}$/i.test(text) || text === day;
  const time = Date.parse((hasZone ? text : `${text}Z`).toUpperCase());
  return Number.isNaN(time) ? undefined : time;
}

function compare(a: ConditionValue, relation: Relation, b: ConditionValue): boolean {
  switch (relation) {
    case 'equals':
      return a === b;
    case 'startsWith':
      return String(a).startsWith(String(b));
    case 'like':
      return isLike(String(a), String(b));
    case 'lessThan':
      return a < b;
    case 'lessThanEquals':
      return a <= b;
    case 'greaterThan':
      return a > b;
    case 'greaterThanEquals':
      return a >= b;
  }
}
