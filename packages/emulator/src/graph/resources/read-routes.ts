import type { ObjectKind } from '../directory-objects.js';
import { entityAnswer, listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import type { GraphOperation } from '../graph-permissions.js';
import { objectNotFound } from '../graph-refusal.js';

/**
 * The list of a kind of objects, and the one object behind an id.
 *
 * @param find - the row behind the id in the path, or a refusal
 */
export function readRoutes(
  kind: ObjectKind,
  operation: GraphOperation,
  find: (context: GraphContext, key: string) => { readonly id: string },
): GraphRoutes {
  const { collection, defaults } = kind;
  return {
    [`GET ${collection}`]: {
      operation,
      handler(context) {
        const objects = kind.list(context.call.world.store, context.tenantId);
        return listAnswer(context, collection, objects, defaults);
      },
    },
    [`GET ${collection}/{}`]: {
      operation,
      handler: (context) => answerWith(context, 200, kind, find(context, context.ids[0] ?? '').id),
    },
  };
}

/** The answer that shows one object as it now is. */
export function answerWith(context: GraphContext, status: number, kind: ObjectKind, id: string): Response {
  const object = kind.get(context.call.world.store, context.tenantId, id);
  if (object === undefined) throw objectNotFound(id);
  return entityAnswer(context, status, kind.collection, object, kind.defaults);
}
