import { subscriptionId } from '../../core/arm-ids.js';
import {
  managementGroupId,
  MANAGEMENT_GROUPS,
  managementTreeOf,
  type ManagementTree,
} from '../../core/management-groups.js';
import { jsonAnswer } from '../../http/answer.js';
import { MANAGEMENT_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { SUBSCRIPTION_CHILD } from './present-management-group.js';

/** What a caller may do with an entity. */
type Permission = 'noaccess' | 'view' | 'edit';

/**
 * `POST /providers/Microsoft.Management/getEntities`: every management group and subscription that the
 * caller may read, and the groups above them, in one list. Every caller may ask.
 */
export const managementEntities: ArmType = {
  type: 'Microsoft.Management/getEntities',
  apiVersions: MANAGEMENT_VERSIONS,
  gate: () => 'allow; every caller may ask for this list',
  post(context) {
    const tree = managementTreeOf(context.call.world.store, context.tenantId);
    const value = entitiesBelow(context, tree, context.tenantId, []);
    return jsonAnswer(200, { value, count: value.length });
  },
};

/** A group and all below it; nothing where the caller sees none of it. */
function entitiesBelow(
  context: ArmContext,
  tree: ManagementTree,
  name: string,
  above: readonly string[],
): readonly unknown[] {
  const group = tree.find(name);
  if (group === undefined) return [];
  const { groups, subscriptions } = tree.childrenOf(name);
  const chain = [...above, name];
  const inner = groups.flatMap((child) => entitiesBelow(context, tree, child.name, chain));
  const leaves = subscriptions.flatMap(({ id, displayName }) => {
    const permissions = permissionOf(context, 'Microsoft.Resources/subscriptions', subscriptionId(id));
    if (permissions === 'noaccess') return [];
    const properties = { ...common(context, tree, displayName, chain), permissions, numberOfDescendants: 0 };
    return [{ id: subscriptionId(id), type: SUBSCRIPTION_CHILD, name: id, properties }];
  });
  const permissions = permissionOf(context, MANAGEMENT_GROUPS, managementGroupId(name));
  if (permissions === 'noaccess' && inner.length + leaves.length === 0) return [];
  const properties = {
    ...common(context, tree, group.displayName, above),
    permissions,
    numberOfDescendants: inner.length + leaves.length,
    numberOfChildren: groups.length + subscriptions.length,
    numberOfChildGroups: groups.length,
  };
  return [{ id: managementGroupId(name), type: MANAGEMENT_GROUPS, name, properties }, ...inner, ...leaves];
}

function common(
  { tenantId }: ArmContext,
  tree: ManagementTree,
  displayName: string,
  above: readonly string[],
): Record<string, unknown> {
  const parent = above.at(-1);
  return {
    tenantId,
    displayName,
    parent: { id: parent === undefined ? null : managementGroupId(parent) },
    parentNameChain: above,
    parentDisplayNameChain: above.map((name) => tree.find(name)?.displayName ?? name),
    inheritedPermissions: 'noaccess',
  };
}

function permissionOf({ may }: ArmContext, type: string, scope: string): Permission {
  if (may(`${type}/write`, scope)) return 'edit';
  return may(`${type}/read`, scope) ? 'view' : 'noaccess';
}
