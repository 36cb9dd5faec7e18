/** One term of an OData `$filter`: `atScope()`, `assignedTo('x')` or `roleName eq 'x'`. */
export interface FilterTerm {
  /** In lower case. */
  readonly name: string;
  readonly operator: 'call' | 'eq';
  readonly value: string;
}

const CALL = /^(\w+)\(\s*(?:'((?:[^']|'')*)'\s*)?\)/;
const EQUALS = /^(\w+)\s+eq\s+'((?:[^']|'')*)'/i;

/**
 * Reads terms joined by `and`, the only form that Azure RBAC takes. A quote inside a text is doubled.
 *
 * @returns undefined for anything else
 */
export function parseFilter(filter: string): readonly FilterTerm[] | undefined {
  const terms: FilterTerm[] = [];
  let rest = filter.trim();
  for (;;) {
    const call = CALL.exec(rest);
    const match = call ?? EQUALS.exec(rest);
    if (match === null) return undefined;
    const [text, name = '', value = ''] = match;
    terms.push({
      name: name.toLowerCase(),
      operator: call === null ? 'eq' : 'call',
      value: value.replaceAll("''", "'"),
    });
    rest = rest.slice(text.length);
    if (rest.trim() === '') return terms;
    const and = /^\s+and\s+/i.exec(rest)?.[0];
    if (and === undefined) return undefined;
    rest = rest.slice(and.length);
  }
}
