import { subscriptionId } from '../../core/arm-ids.js';
import { managementGroupId, MANAGEMENT_GROUPS, managementTreeOf } from '../../core/management-groups.js';
import type { ManagementGroup } from '../../core/access-rows.js';
import type { Subscription } from '../../core/resource-rows.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import { MANAGEMENT_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { linkedAuthorizationFailed } from '../linked-authorization-failed.js';
import { listAnswer } from '../list-answer.js';
import { findManagementGroup } from './find-management-group.js';
import { SUBSCRIPTION_CHILD } from './present-management-group.js';

const SUBSCRIPTIONS = `${MANAGEMENT_GROUPS}/subscriptions`;
const ASSIGN = 'Microsoft.Authorization/roleAssignments/write';

/** `/providers/Microsoft.Management/managementGroups/{name}/subscriptions`: which subscriptions lie in one. */
export const managementGroupSubscriptions: ArmType = {
  type: SUBSCRIPTIONS,
  apiVersions: MANAGEMENT_VERSIONS,
  list: {
    rule: 'enforced',
    handler(context) {
      const { call, path, tenantId } = context;
      const group = findManagementGroup(context, groupNameOf(path.scope));
      const { subscriptions } = managementTreeOf(call.world.store, tenantId).childrenOf(group.name);
      return listAnswer(
        call,
        subscriptions.map((row) => present(row, group)),
        '$skipToken',
      );
    },
  },
  get(context) {
    const { group, row } = find(context);
    if (isIn(context, row, group)) return jsonAnswer(200, present(row, group));
    throw subscriptionNotFound(row.id);
  },
  put(context) {
    const { group, row } = find(context);
    requireToMove(context, row, 'write');
    context.call.world.store.put('subscriptions', row.id, { ...row, managementGroup: group.name });
    return jsonAnswer(200, present(row, group));
  },
  /** What is taken out lies at the root again. */
  delete(context) {
    const { group, row } = find(context);
    if (!isIn(context, row, group)) return emptyAnswer(204);
    requireToMove(context, row, 'delete');
    const { managementGroup: _, ...rest } = row;
    context.call.world.store.put('subscriptions', row.id, rest);
    return emptyAnswer(200);
  },
};

/**
 * To move a subscription, the caller must manage access to it, and be able to write the group that it
 * comes from, unless that is the root (Microsoft Learn, "Manage your Azure subscriptions at scale with
 * management groups").
 */
function requireToMove(context: ArmContext, row: Subscription, verb: 'write' | 'delete'): void {
  const { call, caller, may, path, tenantId } = context;
  const held = { action: `${SUBSCRIPTIONS}/${verb}`, scope: path.id };
  const id = subscriptionId(row.id);
  if (!may(ASSIGN, id)) throw linkedAuthorizationFailed(caller, held, ASSIGN, [id]);
  const from = managementTreeOf(call.world.store, tenantId).parentOf(row);
  const parent = managementGroupId(from);
  const write = `${MANAGEMENT_GROUPS}/write`;
  if (from !== tenantId && !may(write, parent))
    throw linkedAuthorizationFailed(caller, held, write, [parent]);
}

/** `/providers/Microsoft.Management/managementGroups/{name}/descendants`: everything below one, in one list. */
export const managementGroupDescendants: ArmType = {
  type: `${MANAGEMENT_GROUPS}/descendants`,
  apiVersions: MANAGEMENT_VERSIONS,
  list: {
    rule: 'enforced',
    handler(context) {
      const { call, path, tenantId } = context;
      const tree = managementTreeOf(call.world.store, tenantId);
      const below = (group: ManagementGroup): readonly unknown[] => {
        const parent = { id: managementGroupId(group.name) };
        const { groups, subscriptions } = tree.childrenOf(group.name);
        return [
          ...groups.flatMap((child) => [
            {
              id: managementGroupId(child.name),
              type: MANAGEMENT_GROUPS,
              name: child.name,
              properties: { displayName: child.displayName, parent },
            },
            ...below(child),
          ]),
          ...subscriptions.map(({ id, displayName }) => ({
            id: subscriptionId(id),
            type: SUBSCRIPTION_CHILD,
            name: id,
            properties: { displayName, parent },
          })),
        ];
      };
      const group = findManagementGroup(context, groupNameOf(path.scope));
      return listAnswer(call, below(group), '$skipToken');
    },
  },
};

function find(context: ArmContext): { readonly group: ManagementGroup; readonly row: Subscription } {
  const { call, path, tenantId } = context;
  const [groupName = '', id = ''] = path.names;
  const group = findManagementGroup(context, groupName);
  const row = call.world.store.get('subscriptions', id);
  if (row?.tenantId !== tenantId) throw subscriptionNotFound(id);
  return { group, row };
}

function isIn({ call, tenantId }: ArmContext, row: Subscription, { name }: ManagementGroup): boolean {
  return managementTreeOf(call.world.store, tenantId).parentOf(row).toLowerCase() === name.toLowerCase();
}

function groupNameOf(scope: string): string {
  return scope.split('/').at(-1) ?? '';
}

function subscriptionNotFound(id: string): Error {
  return armRefusal(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
}

function present(row: Subscription, group: ManagementGroup): Record<string, unknown> {
  return {
    id: `${managementGroupId(group.name)}/subscriptions/${row.id}`,
    type: SUBSCRIPTIONS,
    name: row.id,
    properties: {
      tenant: row.tenantId,
      displayName: row.displayName,
      parent: { id: managementGroupId(group.name) },
      state: 'Active',
    },
  };
}
