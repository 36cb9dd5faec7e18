import type { ODataFilter, ODataLiteral, ODataTerm } from './parse-filter.js';
import { valueAt } from './value-at.js';

type Json = Readonly<Record<string, unknown>>;

/** Whether an object meets a filter; without one it does. Texts are compared without case, as the directory does. */
export function matchesFilter(filter: ODataFilter | undefined, object: Json): boolean {
  if (filter === undefined) return true;
  if ('all' in filter) return filter.all.every((part) => matchesFilter(part, object));
  if ('some' in filter) return filter.some.some((part) => matchesFilter(part, object));
  return matchesTerm(filter, object);
}

function matchesTerm({ operator, property, value }: ODataTerm, object: Json): boolean {
  const found = valueAt(object, property);
  switch (operator) {
    case 'any':
      return Array.isArray(found) && found.some((entry) => isSame(entry, value));
    case 'eq':
      return isSame(found, value);
    case 'startswith':
      return (
        typeof found === 'string' &&
        typeof value === 'string' &&
        found.toLowerCase().startsWith(value.toLowerCase())
      );
    case 'ge':
    case 'gt':
    case 'le':
    case 'lt':
      return holds(operator, order(found, value));
  }
}

function isSame(found: unknown, value: ODataLiteral): boolean {
  if (typeof found === 'string' && typeof value === 'string') {
    return found.toLowerCase() === value.toLowerCase() || order(found, value) === 0;
  }
  return (found ?? null) === value;
}

function holds(operator: 'ge' | 'gt' | 'le' | 'lt', difference: number | undefined): boolean {
  if (difference === undefined) return false;
  const comparisons = { ge: difference >= 0, gt: difference > 0, le: difference <= 0, lt: difference < 0 };
  return comparisons[operator];
}

const TIME = /^\d{4}-\d\d-\d\d(?:T|$)/;

/** Less than 0, 0, or more, for numbers and for times; undefined for what has no order. */
function order(found: unknown, value: ODataLiteral): number | undefined {
  if (typeof found === 'number' && typeof value === 'number') return found - value;
  if (typeof found !== 'string' || typeof value !== 'string') return undefined;
  if (!TIME.test(found) || !TIME.test(value)) return undefined;
  const difference = Date.parse(found) - Date.parse(value);
  return Number.isNaN(difference) ? undefined : difference;
}
