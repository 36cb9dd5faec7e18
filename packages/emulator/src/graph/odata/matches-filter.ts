import type { ODataLiteral, ODataTerm } from './parse-filter.js';

/** Whether an object meets every condition. Texts are compared without case, as the directory does. */
export function matchesFilter(
  terms: readonly ODataTerm[],
  object: Readonly<Record<string, unknown>>,
): boolean {
  return terms.every(({ operator, property, value }) => {
    const found = Object.hasOwn(object, property) ? object[property] : undefined;
    if (operator === 'any') return Array.isArray(found) && found.some((entry) => isSame(entry, value));
    if (operator === 'eq') return isSame(found, value);
    return (
      typeof found === 'string' &&
      typeof value === 'string' &&
      found.toLowerCase().startsWith(value.toLowerCase())
    );
  });
}

function isSame(found: unknown, value: ODataLiteral): boolean {
  if (typeof found === 'string' && typeof value === 'string') {
    return found.toLowerCase() === value.toLowerCase();
  }
  return (found ?? null) === value;
}
