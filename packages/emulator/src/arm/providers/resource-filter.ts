import type { Tags } from '../../core/resource-rows.js';
import { armRefusal } from '../arm-refusal.js';
import { parseFilter, type FilterTerm } from '../parse-filter.js';

/** What a filter looks at. */
export interface Filtered {
  readonly name: string;
  readonly location: string;
  readonly tags: Tags;
  readonly resourceType?: string;
  readonly resourceGroup?: string;
}

/** What a filter may ask for, in lower case, and the answer for one resource. `tagValue` goes with `tagName`. */
const FIELDS: Readonly<Record<string, (row: Filtered, value: string) => boolean>> = {
  name: (row, value) => equal(row.name, value),
  location: (row, value) => equal(row.location, value.replaceAll(/\s/g, '')),
  resourcetype: (row, value) => equal(row.resourceType ?? '', value),
  resourcegroup: (row, value) => equal(row.resourceGroup ?? '', value),
  tagname: (row, value) => Object.keys(row.tags).some((name) => equal(name, value)),
  tagvalue: (row, value) => Object.values(row.tags).includes(value),
};

/**
 * The `$filter` of a list of resources as a predicate: `eq` terms joined by `and`, and those by `or`.
 *
 * @throws a refusal: 400 `InvalidFilterInQueryString`
 */
export function resourceFilter(filter: string | undefined): (row: Filtered) => boolean {
  return filterBy(filter, Object.keys(FIELDS));
}

/** The `$filter` of a list of resource groups: by tags only. */
export function tagFilter(filter: string | undefined): (row: Filtered) => boolean {
  return filterBy(filter, ['tagname', 'tagvalue']);
}

function filterBy(filter: string | undefined, fields: readonly string[]): (row: Filtered) => boolean {
  if (filter === undefined || filter.trim() === '') return () => true;
  const alternatives = splitOr(filter).map(parseFilter);
  const known = alternatives.filter((terms) => terms?.every((term) => isKnown(term, fields)));
  if (known.length < alternatives.length) {
    const message = `Invalid $filter '${filter.slice(0, 200)}' specified in the query string.`;
    throw armRefusal(400, 'InvalidFilterInQueryString', message);
  }
  return (row) => alternatives.some((terms) => terms !== undefined && matchesAll(row, terms));
}

function isKnown({ name, operator }: FilterTerm, fields: readonly string[]): boolean {
  return operator === 'eq' && fields.includes(name);
}

function matchesAll(row: Filtered, terms: readonly FilterTerm[]): boolean {
  const tag = terms.find(({ name }) => name === 'tagname')?.value;
  return terms.every(({ name, value }) => {
    // The value is that of the tag which is named beside it.
    if (name === 'tagvalue' && tag !== undefined) {
      return Object.entries(row.tags).some(([key, text]) => equal(key, tag) && text === value);
    }
    return FIELDS[name]?.(row, value) === true;
  });
}

/** Splits at `or` outside of quotes. */
function splitOr(filter: string): readonly string[] {
  const parts: string[] = [];
  let current = '';
  // Quoted texts are taken whole; a doubled quote inside makes two of them.
  for (const [token] of filter.matchAll(/'[^']*'?|\s+or\s+|[^'\s]+|\s+/gi)) {
    if (/^\s+or\s+$/i.test(token)) {
      parts.push(current);
      current = '';
    } else current += token;
  }
  return [...parts, current];
}

function equal(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
