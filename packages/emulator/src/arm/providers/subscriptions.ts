import { subscriptionId } from '../../core/arm-ids.js';
import type { Subscription } from '../../core/resource-rows.js';
import { jsonAnswer } from '../../http/answer.js';
import { RESOURCES_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { listAnswer } from '../list-answer.js';

const READ = 'Microsoft.Resources/subscriptions/read';

/** `/subscriptions`. A caller sees those in which it has a role, at any depth. */
export const subscriptions: ArmType = {
  type: 'Microsoft.Resources/subscriptions',
  apiVersions: RESOURCES_VERSIONS,
  list: {
    rule: 'open',
    handler(context) {
      const visible = context.call.world.store
        .list('subscriptions')
        .filter((row) => row.tenantId === context.tenantId && isVisible(context, row));
      return listAnswer(context.call, visible.map(present), '$skipToken');
    },
  },
  get({ call, path }) {
    const row = call.world.store.get('subscriptions', path.names[0] ?? '');
    if (row === undefined) {
      throw armRefusal(404, 'SubscriptionNotFound', `The subscription '${path.id}' could not be found.`);
    }
    return jsonAnswer(200, present(row));
  },
};

function isVisible({ access, caller, may }: ArmContext, row: Subscription): boolean {
  const scope = subscriptionId(row.id);
  return may(READ, scope) || access.hasRoleBelow(caller.objectId, scope);
}

function present(row: Subscription): Record<string, unknown> {
  return {
    id: subscriptionId(row.id),
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: row.id,
    tenantId: row.tenantId,
    displayName: row.displayName,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}
