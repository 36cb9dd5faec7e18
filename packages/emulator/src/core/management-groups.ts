import { subscriptionId } from './arm-ids.js';
import type { ManagementGroup } from './access-rows.js';
import { reachable } from './memberships.js';
import type { TableReader } from './replica.js';
import type { Subscription } from './resource-rows.js';

export const MANAGEMENT_GROUPS = 'Microsoft.Management/managementGroups';

/** The resource id of a management group. */
export function managementGroupId(name: string): string {
  return `/providers/${MANAGEMENT_GROUPS}/${name}`;
}

/** The name of a management group in its id; undefined for the id of anything else. */
export function managementGroupName(id: string): string | undefined {
  return /^\/providers\/Microsoft\.Management\/managementGroups\/([^/]+)\/?$/i.exec(id)?.[1];
}

/** Key in the table: two tenants may use the same name. */
export function managementGroupKey(tenantId: string, name: string): string {
  return `${tenantId}/${name}`;
}

/** The management groups and subscriptions of a tenant. */
export interface ManagementTree {
  find(name: string): ManagementGroup | undefined;
  readonly groups: readonly ManagementGroup[];
  /** Names of the groups above one, the nearest first. */
  ancestorsOf(name: string): readonly string[];
  /** Direct children. */
  childrenOf(name: string): {
    readonly groups: readonly ManagementGroup[];
    readonly subscriptions: readonly Subscription[];
  };
  /** Name of the group that a subscription lies in. */
  parentOf(subscription: Subscription): string;
  /** Id of a subscription or management group → id of the management group above it. */
  readonly parents: Readonly<Record<string, string>>;
}

/** The {@link ManagementTree} of a tenant as it is at this moment. A subscription that is nowhere lies at the root. */
export function managementTreeOf(store: TableReader, tenantId: string): ManagementTree {
  const groups = store.list('managementGroups').filter((group) => group.tenantId === tenantId);
  const subscriptions = store.list('subscriptions').filter((row) => row.tenantId === tenantId);
  const byName = new Map(groups.map((group) => [group.name.toLowerCase(), group]));
  const find = (name: string): ManagementGroup | undefined => byName.get(name.toLowerCase());
  const parentOf = (row: Subscription): string => row.managementGroup ?? tenantId;
  return {
    find,
    groups,
    parentOf,
    ancestorsOf(name) {
      const above = (from: string): readonly string[] => {
        const parent = find(from)?.parent;
        return parent === null || parent === undefined ? [] : [parent];
      };
      return [...reachable(name, above)];
    },
    childrenOf: (name) => ({
      groups: groups.filter(({ parent }) => parent !== null && isSame(parent, name)),
      subscriptions: subscriptions.filter((row) => isSame(parentOf(row), name)),
    }),
    parents: Object.fromEntries([
      ...groups.flatMap(({ name, parent }) =>
        parent === null ? [] : [[managementGroupId(name), managementGroupId(parent)] as const],
      ),
      ...subscriptions.map((row) => [subscriptionId(row.id), managementGroupId(parentOf(row))] as const),
    ]),
  };
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
