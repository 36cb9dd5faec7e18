import type { Clock } from '@aml-auth/core';

import { roleAssignmentId, roleDefinitionId, subscriptionId, subscriptionOf } from '../core/arm-ids.js';
import { idFor } from '../core/ids.js';
import { principalTypeOf } from '../core/principals.js';
import type { Store } from '../core/store.js';
import { builtInRoles } from '@aml-auth/permissions';
import type { Authorship, CustomRole, StoredAssignment } from '../core/tables.js';
import { addNew } from './add-new.js';
import type { EmulatorSeed, SeedRoleAssignment, SeedRoleDefinition } from './emulator-seed.js';
import { findPrincipal } from './find-principal.js';
import { findScope } from './find-scope.js';
import { invalidSeed } from './invalid-seed.js';

/** Writes custom roles and role assignments; everything that they name must be there. */
export function addRoles(store: Store, seed: EmulatorSeed, clock: Clock): void {
  for (const role of seed.roleDefinitions ?? []) addRole(store, role, clock);
  for (const assignment of seed.roleAssignments ?? []) addAssignment(store, assignment, clock);
}

function addRole(store: Store, seed: SeedRoleDefinition, clock: Clock): void {
  const assignableScopes = seed.assignableScopes.map((scope) => findScope(store, scope));
  const tenantId = tenantOf(store, assignableScopes[0] ?? '/', seed.name);
  const id = seed.id ?? idFor('role', tenantId, seed.name);
  const { actions = [], notActions = [], dataActions = [], notDataActions = [] } = seed;
  const row: CustomRole = {
    id,
    roleName: seed.name,
    description: seed.description ?? '',
    roleType: 'CustomRole',
    assignableScopes,
    permissions: [{ actions, notActions, dataActions, notDataActions }],
    ...authorship(tenantId, clock),
  };
  addNew(store, 'roleDefinitions', id, row, `role ${seed.name}`);
}

function addAssignment(store: Store, seed: SeedRoleAssignment, clock: Clock): void {
  const scope = findScope(store, seed.scope);
  const { tenantId, principalId } = findHolder(store, scope, seed.principal);
  const roleId = findRoleId(store, tenantId, seed.role);
  const principalType = principalTypeOf(store, tenantId, principalId);
  if (principalType === undefined) throw invalidSeed(`There is no principal ${seed.principal}.`);
  const name = idFor('role-assignment', scope, principalId, roleId);
  const subscription = subscriptionOf(scope);
  const row: StoredAssignment = {
    id: roleAssignmentId(scope, name),
    name,
    scope,
    principalId,
    principalType,
    roleDefinitionId: roleDefinitionId(
      subscription === undefined ? '/' : subscriptionId(subscription),
      roleId,
    ),
    description: null,
    ...authorship(tenantId, clock),
  };
  addNew(
    store,
    'roleAssignments',
    name,
    row,
    `the assignment of ${seed.role} to ${seed.principal} at ${seed.scope}`,
  );
}

/** A root scope belongs to no one tenant: there the principal's name decides. */
function findHolder(
  store: Store,
  scope: string,
  principal: string,
): { readonly tenantId: string; readonly principalId: string } {
  if (scope !== '/') {
    const tenantId = tenantOf(store, scope, principal);
    return { tenantId, principalId: findPrincipal(store, tenantId, principal) };
  }
  const tenants = store.list('tenants');
  for (const { id } of tenants.slice(0, -1)) {
    try {
      return { tenantId: id, principalId: findPrincipal(store, id, principal) };
    } catch {
      // Not in this tenant.
    }
  }
  const last = tenants.at(-1)?.id ?? '';
  return { tenantId: last, principalId: findPrincipal(store, last, principal) };
}

function findRoleId(store: Store, tenantId: string, role: string): string {
  const roles = [
    ...store.list('roleDefinitions').filter((row) => row.tenantId === tenantId),
    ...builtInRoles,
  ];
  const wanted = role.toLowerCase();
  const found = roles.find(({ id, roleName }) => id === wanted || roleName.toLowerCase() === wanted);
  if (found !== undefined) return found.id;
  throw invalidSeed(`There is no role ${role}.`);
}

function tenantOf(store: Store, scope: string, what: string): string {
  const tenantId = store.get('subscriptions', subscriptionOf(scope) ?? '')?.tenantId;
  const [only, another] = store.list('tenants');
  const tenant = tenantId ?? (another === undefined ? only?.id : undefined);
  if (tenant !== undefined) return tenant;
  throw invalidSeed(`The scope ${scope} of ${what} is in no known subscription.`);
}

function authorship(tenantId: string, clock: Clock): Authorship {
  const now = clock.now();
  return { tenantId, createdOn: now, updatedOn: now, createdBy: null, updatedBy: null };
}
