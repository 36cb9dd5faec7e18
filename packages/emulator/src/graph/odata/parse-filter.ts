/** What a property of an object is compared with. */
export type ODataLiteral = string | number | boolean | null;

/** One condition of a `$filter`. */
export interface ODataTerm {
  /** `any`: some element of the property equals the value. */
  readonly operator: 'eq' | 'ge' | 'gt' | 'le' | 'lt' | 'startswith' | 'any';
  /** Its name, or a path such as `status/errorCode`. */
  readonly property: string;
  readonly value: ODataLiteral;
}

const TEXT = "'(?:[^']|'')*'";
const LITERAL = `(${TEXT}|true|false|null)`;
/** A time (Edm.DateTimeOffset) or whole number, neither of which has quotes. */
const VALUE = `(${TEXT}|true|false|null|\\d{4}-\\d\\d-\\d\\d(?:T[\\d:.]+(?:Z|[+-]\\d\\d:\\d\\d))?|-?\\d{1,15})`;
const PATH = '(\\w+(?:/\\w+)*)';

/** How each condition is written, after OData 4.01, part 2, sections 5.1.1.1.1, 5.1.1.5.5 and 5.1.1.13. */
const FORMS: readonly (readonly [ODataTerm['operator'], RegExp])[] = [
  ['any', new RegExp(`^(\\w+)/any\\(\\s*(\\w+)\\s*:\\s*\\2\\s+eq\\s+${LITERAL}\\s*\\)`)],
  ['startswith', new RegExp(`^startswith\\(\\s*(\\w+)\\s*,()\\s*(${TEXT})\\s*\\)`)],
  ...(['eq', 'ge', 'gt', 'le', 'lt'] as const).map(
    (name) => [name, new RegExp(`^${PATH}\\s+()${name}\\s+${VALUE}`)] as const,
  ),
];

/**
 * Reads the conditions of a `$filter`, joined by `and`: `p eq 'x'`, also with `ge`, `gt`, `le` and `lt`,
 * `startswith(p,'x')` and `p/any(c:c eq 'x')`. A quote inside a text is doubled.
 *
 * @returns undefined for anything else
 */
export function parseFilter(filter: string): readonly ODataTerm[] | undefined {
  const terms: ODataTerm[] = [];
  let rest = filter.trim();
  for (;;) {
    const read = readTerm(rest);
    if (read === undefined) return undefined;
    terms.push(read.term);
    rest = rest.slice(read.length);
    if (rest.trim() === '') return terms;
    const and = /^\s+and\s+/.exec(rest)?.[0];
    if (and === undefined) return undefined;
    rest = rest.slice(and.length);
  }
}

function readTerm(text: string): { readonly term: ODataTerm; readonly length: number } | undefined {
  for (const [operator, form] of FORMS) {
    const match = form.exec(text);
    if (match === null) continue;
    const [all, property = '', , literal = ''] = match;
    return { term: { operator, property, value: readLiteral(literal) }, length: all.length };
  }
  return undefined;
}

function readLiteral(text: string): ODataLiteral {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (/^-?\d+$/.test(text)) return Number(text);
  return /^\d/.test(text) ? text : text === 'null' ? null : text === 'true';
}
