import { randomGuid } from '../../core/random.js';
import type { ConditionalAccessPolicy } from '../../core/policy-rows.js';
import { emptyAnswer } from '../../http/answer.js';
import { checkId } from '../find-row.js';
import { entityAnswer, listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { objectNotFound } from '../graph-refusal.js';
import { isoTime } from '../iso-time.js';
import { readPolicy } from './read-policy.js';

const PATH = 'identity/conditionalAccess/policies';
const CONTEXT = 'identity/conditionalAccess/policies';

/** Conditional Access policies. What is written counts at once. */
export const conditionalAccessRoutes: GraphRoutes = {
  [`GET ${PATH}`]: {
    operation: 'policy.read',
    handler(context) {
      const rows = context.call.world.store.list('conditionalAccessPolicies');
      const here = rows.filter(({ tenantId }) => tenantId === context.tenantId);
      return listAnswer(context, CONTEXT, here.map(present));
    },
  },
  [`GET ${PATH}/{}`]: {
    operation: 'policy.read',
    handler: (context) => entityAnswer(context, 200, CONTEXT, present(find(context))),
  },
  [`POST ${PATH}`]: { operation: 'policy.write', handler: create },
  [`PATCH ${PATH}/{}`]: {
    operation: 'policy.write',
    handler(context) {
      const row = find(context);
      const policy = readPolicy({ ...row.policy, ...context.body() });
      const { clock, store } = context.call.world;
      store.put('conditionalAccessPolicies', row.id, { ...row, policy, modifiedAt: clock.now() });
      return emptyAnswer(204);
    },
  },
  [`DELETE ${PATH}/{}`]: {
    operation: 'policy.write',
    handler(context) {
      context.call.world.store.remove('conditionalAccessPolicies', find(context).id);
      return emptyAnswer(204);
    },
  },
};

function create(context: GraphContext): Response {
  const { call, tenantId } = context;
  const row: ConditionalAccessPolicy = {
    id: randomGuid(call.world.random),
    tenantId,
    createdAt: call.world.clock.now(),
    modifiedAt: null,
    policy: readPolicy(context.body()),
  };
  call.world.store.put('conditionalAccessPolicies', row.id, row);
  return entityAnswer(context, 201, CONTEXT, present(row));
}

function find({ call, ids, tenantId }: GraphContext): ConditionalAccessPolicy {
  const id = checkId(ids[0] ?? '');
  const row = call.world.store.get('conditionalAccessPolicies', id);
  if (row?.tenantId !== tenantId) throw objectNotFound(id);
  return row;
}

function present({ id, createdAt, modifiedAt, policy }: ConditionalAccessPolicy): Record<string, unknown> {
  return {
    id,
    templateId: null,
    createdDateTime: isoTime(createdAt),
    modifiedDateTime: isoTime(modifiedAt ?? undefined),
    ...policy,
  };
}
