import {
  builtInRoles,
  createDecider,
  createScopeCovers,
  type AccessAttributes,
  type AccessSnapshot,
  type Decision,
  type RoleDefinition,
} from '@aml-auth/permissions';

import { roleKey, type StoredAssignment } from '../core/access-rows.js';
import { managementTreeOf, type ManagementTree } from '../core/management-groups.js';
import { membershipsOf } from '../core/memberships.js';
import type { TableReader } from '../core/replica.js';
import type { Store } from '../core/store.js';

/** Azure RBAC of one tenant as it is at this moment. */
export interface Access {
  /** @param attributes - what is known for conditions */
  decide(principalId: string, action: string, scope: string, attributes?: AccessAttributes): Decision;
  /** Whether the principal, or a group that it is in, has a role somewhere below the scope. */
  hasRoleBelow(principalId: string, scope: string): boolean;
  /** Every group that the principal is in, directly or through others. */
  groupsOf(principalId: string): ReadonlySet<string>;
  /** Whether an assignment at the first scope reaches the second, by way of management groups too. */
  covers(ancestor: string, scope: string): boolean;
  readonly tree: ManagementTree;
  readonly snapshot: AccessSnapshot;
}

const cache = new WeakMap<Store, { revision: number; tenants: Map<string, Access> }>();

/** The {@link Access} of a tenant; built once for each state of the store. */
export function accessOf(store: Store, tenantId: string): Access {
  let cached = cache.get(store);
  const { revision } = store.replica;
  if (cached?.revision !== revision) {
    cached = { revision, tenants: new Map() };
    cache.set(store, cached);
  }
  const known = cached.tenants.get(tenantId);
  if (known !== undefined) return known;
  const access = createAccess(store, tenantId);
  cached.tenants.set(tenantId, access);
  return access;
}

/** The role definition with that GUID in the tenant, built-in or custom. */
export function findRole(store: Store, tenantId: string, guid: string): RoleDefinition | undefined {
  const id = guid.toLowerCase();
  return store.get('roleDefinitions', roleKey(tenantId, id)) ?? builtInRoles.find((role) => role.id === id);
}

/** The assignments of a tenant. */
export function assignmentsOf(store: TableReader, tenantId: string): readonly StoredAssignment[] {
  return store.list('roleAssignments').filter((assignment) => assignment.tenantId === tenantId);
}

function createAccess(store: Store, tenantId: string): Access {
  // Decisions follow writes with a delay, where there is one; what is read back does not.
  const { memberOf, groupsOf } = membershipsOf(store.replica, tenantId);
  const roleAssignments = assignmentsOf(store.replica, tenantId);
  const tree = managementTreeOf(store.replica, tenantId);
  const snapshot: AccessSnapshot = {
    roleDefinitions: [
      ...builtInRoles,
      ...store.list('roleDefinitions').filter((role) => role.tenantId === tenantId),
    ],
    roleAssignments,
    denyAssignments: store.replica.list('denyAssignments').filter((row) => row.tenantId === tenantId),
    memberOf,
    parents: tree.parents,
  };

  const decide = createDecider(snapshot);
  const covers = createScopeCovers(tree.parents);
  return {
    snapshot,
    tree,
    groupsOf,
    covers,
    decide: (principalId, action, scope, attributes) => decide({ principalId, action, scope, attributes }),
    hasRoleBelow(principalId, scope) {
      const holders = new Set([principalId, ...groupsOf(principalId)]);
      return roleAssignments.some(
        (assignment) => holders.has(assignment.principalId) && covers(scope, assignment.scope),
      );
    },
  };
}
