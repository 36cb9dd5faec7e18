import { jsonAnswer } from '../http/answer.js';
import { pick, type GraphObject } from './directory-objects.js';
import type { GraphContext } from './graph-context.js';
import { badRequest } from './graph-refusal.js';
import { matchesFilter } from './odata/matches-filter.js';
import { propertiesOf } from './odata/parse-filter.js';
import { valueAt } from './odata/value-at.js';
import { readListQuery, readSelect, skipToken, type ListQuery } from './odata/read-list-query.js';

/** Items in a page where the caller names no number, as in the real service. */
const PAGE_SIZE = 100;

/**
 * A page of a list, after `$filter`, `$select`, `$top` and `$skiptoken`.
 *
 * @param name - what `@odata.context` says of the list
 * @param defaults - the properties that are shown without `$select`; undefined for all
 * @throws a refusal: 400 for a query that is not supported, or names a property that does not exist
 */
export function listAnswer(
  context: GraphContext,
  name: string,
  objects: readonly GraphObject[],
  defaults?: readonly string[],
): Response {
  const { call, base } = context;
  const query = readListQuery(call.query);
  checkProperties(query, objects);
  const matching = objects.filter((object) => matchesFilter(query.filter, object));
  const size = query.top ?? Math.min(PAGE_SIZE, call.world.pageSize ?? PAGE_SIZE);
  const end = query.skip + size;
  const shown = query.select ?? defaults;
  return jsonAnswer(200, {
    '@odata.context': contextUrl(base, name, query.select),
    ...(query.count ? { '@odata.count': matching.length } : {}),
    ...(end < matching.length ? { '@odata.nextLink': nextLink(context, end) } : {}),
    value: matching.slice(query.skip, end).map((object) => project(object, shown)),
  });
}

/** One object, after `$select`. */
export function entityAnswer(
  { call, base }: GraphContext,
  status: number,
  name: string,
  object: GraphObject,
  defaults?: readonly string[],
): Response {
  const select = readSelect(call.query.get('$select') ?? undefined);
  const url = `${contextUrl(base, name, select)}/$entity`;
  return jsonAnswer(status, { '@odata.context': url, ...project(object, select ?? defaults) });
}

function project(object: GraphObject, names: readonly string[] | undefined): GraphObject {
  return names === undefined ? object : pick(object, ['@odata.type', ...names]);
}

function contextUrl(base: string, name: string, select: readonly string[] | undefined): string {
  return `${base}/$metadata#${name}${select === undefined ? '' : `(${select.join(',')})`}`;
}

function checkProperties(query: ListQuery, objects: readonly GraphObject[]): void {
  if (objects.length === 0 || query.filter === undefined) return;
  const unknown = propertiesOf(query.filter).find(
    (path) => !objects.some((object) => valueAt(object, path) !== undefined),
  );
  if (unknown === undefined) return;
  throw badRequest(`Invalid filter clause: Could not find a property named '${unknown}'.`);
}

function nextLink({ call, base }: GraphContext, skip: number): string {
  const query = new URLSearchParams([...call.query].filter(([name]) => !/^\$?skiptoken$/i.test(name)));
  query.set('$skiptoken', skipToken(skip));
  const path = call.segments
    .slice(2)
    .map((segment) => encodeURIComponent(segment))
    .join('/');
  return `${base}/${path}?${query.toString().replaceAll('%24', '$')}`;
}
