import type { Clock } from '@aml-auth/core';
import { builtInRoles, type PermissionEntry } from '@aml-auth/permissions';

import { roleKey, type CustomRole, type StoredAssignment } from '../core/access-rows.js';
import { roleAssignmentId, roleDefinitionId, subscriptionId, subscriptionOf } from '../core/arm-ids.js';
import { idFor } from '../core/ids.js';
import { principalTypeOf } from '../core/principals.js';
import type { Store } from '../core/store.js';
import { addNew } from './add-new.js';
import { authorship } from './authorship.js';
import type { EmulatorSeed } from './emulator-seed.js';
import { findScope } from './find-scope.js';
import { findHolder, tenantOfScope } from './find-tenant.js';
import { invalidSeed } from './invalid-seed.js';
import type { SeedPermission, SeedRoleAssignment, SeedRoleDefinition } from './seed-access.js';
import { readSeedTime } from './seed-time.js';

/** Writes custom roles and role assignments; everything that they name must be there. */
export function addRoles(store: Store, seed: EmulatorSeed, clock: Clock): void {
  for (const role of seed.roleDefinitions ?? []) addRole(store, role, clock);
  for (const assignment of seed.roleAssignments ?? []) addAssignment(store, assignment, clock);
}

function addRole(store: Store, seed: SeedRoleDefinition, clock: Clock): void {
  const assignableScopes = seed.assignableScopes.map((scope) => findScope(store, scope));
  const tenantId = tenantOfScope(store, assignableScopes[0] ?? '/', seed.name);
  const id = seed.id ?? idFor('role', tenantId, seed.name);
  const row: CustomRole = {
    id,
    roleName: seed.name,
    description: seed.description ?? '',
    roleType: 'CustomRole',
    assignableScopes,
    permissions: (seed.permissions ?? [seed]).map(permissionEntry),
    ...authorship(tenantId, clock),
  };
  addNew(store, 'roleDefinitions', roleKey(tenantId, id), row, `role ${seed.name}`);
}

function permissionEntry(seed: SeedPermission): PermissionEntry {
  const { actions = [], notActions = [], dataActions = [], notDataActions = [], condition } = seed;
  const lists = { actions, notActions, dataActions, notDataActions };
  return condition === undefined ? lists : { ...lists, condition, conditionVersion: '2.0' };
}

function addAssignment(store: Store, seed: SeedRoleAssignment, clock: Clock): void {
  const scope = findScope(store, seed.scope);
  const { tenantId, principalId } = findHolder(store, scope, seed.principal);
  const roleId = findRoleId(store, tenantId, seed.role);
  const principalType = principalTypeOf(store, tenantId, principalId);
  if (principalType === undefined) throw invalidSeed(`There is no principal ${seed.principal}.`);
  const kind = seed.eligible === true ? 'eligible-role-assignment' : 'role-assignment';
  const name = idFor(kind, scope, principalId, roleId);
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
    description: seed.description ?? null,
    ...(seed.condition === undefined ? {} : { condition: seed.condition, conditionVersion: '2.0' }),
    ...authorship(tenantId, clock),
  };
  const what = `the assignment of ${seed.role} to ${seed.principal} at ${seed.scope}`;
  if (seed.eligible !== true) {
    addNew(store, 'roleAssignments', name, row, what);
    return;
  }
  const startsAt = seed.starts === undefined ? clock.now() : readSeedTime(seed.starts, clock);
  const endsAt = seed.ends === undefined ? null : readSeedTime(seed.ends, clock);
  if (endsAt !== null && endsAt <= startsAt) throw invalidSeed(`It ends before it starts: ${what}.`);
  addNew(store, 'eligibleAssignments', name, { ...row, startsAt, endsAt }, what);
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
