/** What a property of an object is compared with. */
export type ODataLiteral = string | number | boolean | null;

/** One condition of a `$filter`. */
export interface ODataTerm {
  /** `any`: some element of the property equals the value. */
  readonly operator: 'eq' | 'gt' | 'ge' | 'lt' | 'le' | 'startswith' | 'any';
  /** Its name, or a path such as `status/errorCode`. */
  readonly property: string;
  readonly value: ODataLiteral;
}

/** A `$filter`: a condition, or several of which all or some must be met. */
export type ODataFilter =
  ODataTerm | { readonly all: readonly ODataFilter[] } | { readonly some: readonly ODataFilter[] };

const TEXT = "'(?:[^']|'')*'";
/** A time (Edm.DateTimeOffset) or day, which have no quotes. */
const TIME = String.raw`\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?`;
const LITERAL = String.raw`(${TEXT}|true|false|null|${TIME}|-?\d{1,15}(?:\.\d{1,15})?(?![\w.-]))`;
const PROPERTY = String.raw`(\w+(?:/\w+)*)`;

/** How each condition is written, after OData 4.01, part 2, sections 5.1.1.1, 5.1.1.5.5 and 5.1.1.13. */
const ANY = new RegExp(String.raw`^(\w+)/any\(\s*(\w+)\s*:\s*\2\s+eq\s+${LITERAL}\s*\)`);
const STARTS_WITH = new RegExp(String.raw`^startswith\(\s*${PROPERTY}\s*,\s*(${TEXT})\s*\)`, 'i');
const COMPARED = new RegExp(String.raw`^${PROPERTY}\s+(eq|gt|ge|lt|le)\s+${LITERAL}`);
const IN = new RegExp(String.raw`^${PROPERTY}\s+in\s*\(\s*(${LITERAL}(?:\s*,\s*${LITERAL})*)\s*\)`);

/** Deeper than any client writes. */
const MOST_BRACKETS = 20;

/**
 * Reads a `$filter`: `p eq 'x'` and its like with `gt`, `ge`, `lt` and `le`, `p in ('x','y')`,
 * `startswith(p,'x')` and `p/any(c:c eq 'x')`, joined by `and` and `or`, in brackets where wanted. A quote
 * inside a text is doubled.
 *
 * @returns undefined for anything else
 */
export function parseFilter(filter: string): ODataFilter | undefined {
  const read = readSome(filter.trim(), 0);
  return read?.rest.trim() === '' ? read.filter : undefined;
}

/** The properties that a filter looks at. */
export function propertiesOf(filter: ODataFilter): readonly string[] {
  if ('all' in filter) return filter.all.flatMap(propertiesOf);
  return 'some' in filter ? filter.some.flatMap(propertiesOf) : [filter.property];
}

interface Read {
  readonly filter: ODataFilter;
  readonly rest: string;
}

type Reader = (text: string, depth: number) => Read | undefined;

const readAll: Reader = joined(readOne, /^\s+and\s+/, (all) => ({ all }));
const readSome: Reader = joined(readAll, /^\s+or\s+/, (some) => ({ some }));

/** Parts between which a word stands; a single part is itself. */
function joined(part: Reader, word: RegExp, join: (parts: readonly ODataFilter[]) => ODataFilter): Reader {
  return (text, depth) => {
    const parts: ODataFilter[] = [];
    let rest = text;
    for (;;) {
      const read = part(rest, depth);
      if (read === undefined) return undefined;
      parts.push(read.filter);
      const between = word.exec(read.rest)?.[0];
      if (between === undefined) {
        const [only, another] = parts;
        return { filter: only !== undefined && another === undefined ? only : join(parts), rest: read.rest };
      }
      rest = read.rest.slice(between.length);
    }
  };
}

function readOne(text: string, depth: number): Read | undefined {
  if (!text.startsWith('(')) return readTerm(text);
  if (depth >= MOST_BRACKETS) return undefined;
  const inner = readSome(text.slice(1).trimStart(), depth + 1);
  const closing = inner === undefined ? null : /^\s*\)/.exec(inner.rest);
  if (inner === undefined || closing === null) return undefined;
  return { filter: inner.filter, rest: inner.rest.slice(closing[0].length) };
}

function readTerm(text: string): Read | undefined {
  const any = ANY.exec(text);
  if (any !== null) return found(text, any, 'any', any[1], any[3]);
  const start = STARTS_WITH.exec(text);
  if (start !== null) return found(text, start, 'startswith', start[1], start[2]);
  const compared = COMPARED.exec(text);
  if (compared !== null) {
    const [, property, operator, literal] = compared;
    return found(text, compared, operator as ODataTerm['operator'], property, literal);
  }
  const list = IN.exec(text);
  if (list === null) return undefined;
  const [all, property = '', values = ''] = list;
  const literals = values.match(new RegExp(LITERAL, 'g')) ?? [];
  const some = literals.map((literal) => ({
    operator: 'eq' as const,
    property,
    value: readLiteral(literal),
  }));
  return { filter: { some }, rest: text.slice(all.length) };
}

function found(
  text: string,
  match: RegExpExecArray,
  operator: ODataTerm['operator'],
  property = '',
  literal = '',
): Read {
  return { filter: { operator, property, value: readLiteral(literal) }, rest: text.slice(match[0].length) };
}

function readLiteral(text: string): ODataLiteral {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d{4}-\d\d-/.test(text) ? text : Number(text);
}
