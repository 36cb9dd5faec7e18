import { jsonAnswer } from '../../http/answer.js';
import { findObject, findObjects, OBJECT_KINDS } from '../directory-objects.js';
import { checkId } from '../find-row.js';
import { entityAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { badRequest, objectNotFound } from '../graph-refusal.js';
import { invalidValue, optionalTexts } from '../read-graph-body.js';

const MOST_IDS = 1000;

/** Kinds that clients ask for together with those that exist here. */
const OTHER_TYPES = ['device', 'directoryObject', 'directoryObjectPartnerReference', 'orgContact'];
const TYPES: ReadonlySet<string> = new Set([
  ...OBJECT_KINDS.map(({ name }) => name as string),
  ...OTHER_TYPES,
]);

/** `/directoryObjects`: objects of any kind by their ids. */
export const directoryObjectRoutes: GraphRoutes = {
  'GET directoryObjects/{}': {
    operation: 'directoryObject.read',
    handler(context) {
      const id = checkId(context.ids[0] ?? '');
      const object = findObject(context.call.world.store, context.tenantId, id);
      if (object === undefined) throw objectNotFound(id);
      return entityAnswer(context, 200, 'directoryObjects', object);
    },
  },
  'POST directoryObjects/getByIds': {
    operation: 'directoryObject.read',
    handler: getByIds,
  },
};

/** What does not exist is left out. */
function getByIds(context: GraphContext): Response {
  const { base, call, tenantId } = context;
  const body = context.body();
  const ids = optionalTexts(body, 'ids', MOST_IDS);
  if (ids === undefined || ids.length === 0) throw invalidValue('ids');
  const types = optionalTexts(body, 'types', TYPES.size);
  const unknown = types?.find((type) => !TYPES.has(type));
  if (unknown !== undefined) throw badRequest(`Invalid type '${unknown.slice(0, 200)}' in property 'types'.`);
  const isWanted = (object: Readonly<Record<string, unknown>>): boolean =>
    types === undefined ||
    types.includes('directoryObject') ||
    types.some((type) => object['@odata.type'] === `#microsoft.graph.${type}`);
  const value = findObjects(call.world.store, tenantId, [...new Set(ids.map(checkId))]).filter(isWanted);
  return jsonAnswer(200, { '@odata.context': `${base}/$metadata#directoryObjects`, value });
}
