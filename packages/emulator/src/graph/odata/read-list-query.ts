import { graphRefusal } from '../graph-refusal.js';
import { parseFilter, type ODataFilter } from './parse-filter.js';

/** What a caller asks of a list. */
export interface ListQuery {
  /** Undefined: everything. */
  readonly filter: ODataFilter | undefined;
  /** Undefined: the default properties. */
  readonly select: readonly string[] | undefined;
  /** Most items in the answer. */
  readonly top: number | undefined;
  /** How many items earlier pages had. */
  readonly skip: number;
  /** Whether the answer says how many items there are in all. */
  readonly count: boolean;
}

const MOST_IN_PAGE = 999;

/** System query options that would change the answer, and that the emulator does not have. */
const UNSUPPORTED = ['$search', '$expand', '$orderby', '$skip', '$apply', '$compute'];

/**
 * Reads the system query options of a list. The `$` may be left out, as in the real service.
 *
 * @throws a refusal: 400 `Request_UnsupportedQuery` or `Request_BadRequest`
 */
export function readListQuery(query: URLSearchParams): ListQuery {
  const option = (name: string): string | undefined =>
    query.get(name) ?? query.get(name.slice(1)) ?? undefined;
  const unsupported = UNSUPPORTED.find((name) => option(name) !== undefined);
  if (unsupported !== undefined) {
    const message = `The emulator does not support the query option '${unsupported}'. Supported are $filter, $select, $top, $count and $skiptoken.`;
    throw graphRefusal(400, 'Request_UnsupportedQuery', message);
  }
  return {
    filter: readFilter(option('$filter')),
    select: readSelect(option('$select')),
    top: readTop(option('$top')),
    skip: readSkipToken(option('$skiptoken')),
    count: option('$count')?.toLowerCase() === 'true',
  };
}

/** The properties that `$select` names; undefined where it is absent. */
export function readSelect(text: string | undefined): readonly string[] | undefined {
  const names = text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names === undefined || names.length === 0 || names.includes('*') ? undefined : names;
}

/** The `$skiptoken` of the page that starts after so many items. */
export function skipToken(skip: number): string {
  return Buffer.from(String(skip)).toString('base64url');
}

function readFilter(text: string | undefined): ODataFilter | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const filter = parseFilter(text);
  if (filter !== undefined) return filter;
  const message = `Unsupported or invalid query filter clause '${text.slice(0, 200)}'. The emulator supports p eq 'x' (gt, ge, lt, le), p in ('x','y'), startswith(p,'x') and p/any(c:c eq 'x'), joined by and and or.`;
  throw graphRefusal(400, 'Request_UnsupportedQuery', message);
}

function readTop(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const top = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (top >= 1 && top <= MOST_IN_PAGE) return top;
  const message = `Invalid page size specified: '${text.slice(0, 200)}'. Must be between 1 and ${MOST_IN_PAGE} inclusive.`;
  throw graphRefusal(400, 'Request_BadRequest', message);
}

function readSkipToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const text = Buffer.from(token, 'base64url').toString();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw graphRefusal(400, 'Directory_ExpiredPageToken', 'The specified page token value is not valid.');
}
