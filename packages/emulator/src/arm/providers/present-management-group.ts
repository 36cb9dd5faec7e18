import type { ManagementGroup } from '../../core/access-rows.js';
import { subscriptionId } from '../../core/arm-ids.js';
import { managementGroupId, MANAGEMENT_GROUPS, type ManagementTree } from '../../core/management-groups.js';
import type { Subscription } from '../../core/resource-rows.js';

/** The type of a subscription among the children of a management group. */
export const SUBSCRIPTION_CHILD = '/subscriptions';

/** A management group as a list shows it. */
export function presentGroupInfo({ name, displayName, tenantId }: ManagementGroup): Record<string, unknown> {
  return {
    id: managementGroupId(name),
    type: MANAGEMENT_GROUPS,
    name,
    properties: { tenantId, displayName },
  };
}

/**
 * A management group by itself.
 *
 * @param expand - whether with its children; `recurse` for their children too, `path` with all above it
 */
export function presentGroup(
  group: ManagementGroup,
  tree: ManagementTree,
  expand: 'children' | 'recurse' | 'path' | undefined,
): Record<string, unknown> {
  const info = presentGroupInfo(group);
  const parent = group.parent === null ? undefined : tree.find(group.parent);
  const path = [...tree.ancestorsOf(group.name)].reverse().flatMap((name) => tree.find(name) ?? []);
  return {
    ...info,
    properties: {
      tenantId: group.tenantId,
      displayName: group.displayName,
      details: {
        version: group.version,
        updatedTime: new Date(group.updatedOn).toISOString(),
        updatedBy: group.updatedBy,
        ...(parent === undefined ? {} : { parent: presentNeighbour(parent) }),
        ...(expand === 'path' ? { path: path.map(({ name, displayName }) => ({ name, displayName })) } : {}),
      },
      ...(expand === 'children' || expand === 'recurse'
        ? { children: presentChildren(group.name, tree, expand === 'recurse') }
        : {}),
    },
  };
}

/** A management group as its neighbours name it. */
function presentNeighbour({ name, displayName }: ManagementGroup): Record<string, unknown> {
  return { id: managementGroupId(name), name, displayName };
}

/** A subscription as a child. */
function presentSubscriptionChild({ id, displayName }: Subscription): Record<string, unknown> {
  return { type: SUBSCRIPTION_CHILD, id: subscriptionId(id), name: id, displayName };
}

function presentChildren(name: string, tree: ManagementTree, isDeep: boolean): readonly unknown[] {
  const { groups, subscriptions } = tree.childrenOf(name);
  return [
    ...groups.map((child) => ({
      type: MANAGEMENT_GROUPS,
      ...presentNeighbour(child),
      ...(isDeep ? { children: presentChildren(child.name, tree, true) } : {}),
    })),
    ...subscriptions.map(presentSubscriptionChild),
  ];
}
