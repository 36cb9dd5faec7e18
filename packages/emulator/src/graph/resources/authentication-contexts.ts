import type { AuthenticationContext } from '../../core/policy-rows.js';
import { emptyAnswer } from '../../http/answer.js';
import { entityAnswer, listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { badRequest, objectNotFound } from '../graph-refusal.js';
import { invalidValue, optionalText, requiredText, type GraphBody } from '../read-graph-body.js';

const PATH = 'identity/conditionalAccess/authenticationContextClassReferences';

/**
 * The names that a tenant gives its authentication contexts `c1` to `c99`. Tokens and policies use a context
 * whether it has a name or not.
 */
export const authenticationContextRoutes: GraphRoutes = {
  [`GET ${PATH}`]: {
    operation: 'policy.read',
    handler(context) {
      const rows = context.call.world.store.list('authenticationContexts');
      const here = rows.filter(({ tenantId }) => tenantId === context.tenantId);
      return listAnswer(context, PATH, here.map(present));
    },
  },
  [`GET ${PATH}/{}`]: {
    operation: 'policy.read',
    handler: (context) => entityAnswer(context, 200, PATH, present(find(context, idOf(context)))),
  },
  [`POST ${PATH}`]: {
    operation: 'policy.write',
    handler(context) {
      const body = context.body();
      const id = requiredText(body, 'id', 3);
      if (rowOf(context, id) !== undefined) {
        throw badRequest(`There is an authentication context ${id} already.`);
      }
      return entityAnswer(context, 201, PATH, present(put(context, id, body, undefined)));
    },
  },
  [`PATCH ${PATH}/{}`]: {
    operation: 'policy.write',
    handler(context) {
      const id = idOf(context);
      put(context, id, context.body(), rowOf(context, id));
      return emptyAnswer(204);
    },
  },
  [`DELETE ${PATH}/{}`]: {
    operation: 'policy.write',
    handler(context) {
      const { id } = find(context, idOf(context));
      context.call.world.store.remove('authenticationContexts', keyOf(context, id));
      return emptyAnswer(204);
    },
  },
};

/** A PATCH makes what is not there, as in the real service. */
function put(
  context: GraphContext,
  id: string,
  body: GraphBody,
  before: AuthenticationContext | undefined,
): AuthenticationContext {
  if (!/^c[1-9]\d?$/.test(id)) throw invalidValue('id');
  const { isAvailable = before?.isAvailable ?? false } = body;
  if (typeof isAvailable !== 'boolean') throw invalidValue('isAvailable');
  const row = {
    id,
    tenantId: context.tenantId,
    displayName:
      before === undefined || 'displayName' in body
        ? requiredText(body, 'displayName', 256)
        : before.displayName,
    description: optionalText(body, 'description', 1024) ?? before?.description ?? null,
    isAvailable,
  };
  context.call.world.store.put('authenticationContexts', keyOf(context, id), row);
  return row;
}

function find(context: GraphContext, id: string): AuthenticationContext {
  const row = rowOf(context, id);
  if (row === undefined) throw objectNotFound(id);
  return row;
}

function rowOf(context: GraphContext, id: string): AuthenticationContext | undefined {
  return context.call.world.store.get('authenticationContexts', keyOf(context, id));
}

const idOf = ({ ids }: GraphContext): string => (ids[0] ?? '').toLowerCase();
const keyOf = ({ tenantId }: GraphContext, id: string): string => `${tenantId}/${id}`;

function present({ id, displayName, description, isAvailable }: AuthenticationContext): GraphBody {
  return { id, displayName, description, isAvailable };
}
