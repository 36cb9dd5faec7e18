import type { Clock } from '@aml-auth/core';

import { idFor } from '../core/ids.js';
import type { Store } from '../core/store.js';
import type { Tenant } from '../core/directory-rows.js';
import { createVault, type Vault } from '../core/vault.js';
import { addApp } from './add-app.js';
import { addIssuers } from './add-issuers.js';
import { addDenyAssignments } from './add-deny-assignments.js';
import { addGraphAccess } from './add-graph-access.js';
import { addHosts } from './add-hosts.js';
import { addOperationFailures } from './add-operation-failures.js';
import { addMachines } from './add-machines.js';
import { addManagementGroups } from './add-management-groups.js';
import { addNew } from './add-new.js';
import { addPolicies } from './add-policies.js';
import { addResources } from './add-resources.js';
import { addRoles } from './add-roles.js';
import { addNamedLocation } from './add-named-location.js';
import { addStepUp } from './add-step-up.js';
import { addUser } from './add-user.js';
import type { EmulatorSeed, SeedGroup, SeedTenant } from './emulator-seed.js';
import { findPrincipal } from './find-principal.js';
import { invalidSeed } from './invalid-seed.js';

/**
 * Writes a seed into an empty store.
 *
 * @param vault - seals secrets; one whose secrets nobody can read by default
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where a name refers to nothing, or stands twice
 */
export function applySeed(
  store: Store,
  seed: EmulatorSeed,
  clock: Clock,
  vault: Vault = createVault(),
): void {
  for (const tenant of seed.tenants) addTenant(store, tenant, clock);
  addIssuers(store, seed.issuers ?? []);
  const tenants = store.list('tenants');
  for (const subscription of seed.subscriptions ?? []) {
    addResources(
      store,
      tenantOf(tenants, subscription.name, subscription.tenant),
      subscription,
      clock,
      vault,
    );
  }
  addManagementGroups(store, seed.managementGroups ?? [], clock);
  addHosts(store, seed);
  addMachines(store, clock);
  for (const tenant of seed.tenants) {
    addMembers(store, tenant);
    addGraphAccess(store, tenant, clock);
    addPolicies(store, tenant, clock);
  }
  addRoles(store, seed, clock);
  addOperationFailures(store, seed.operations);
  addDenyAssignments(store, seed.denyAssignments ?? [], clock);
}

function addTenant(store: Store, seed: SeedTenant, clock: Clock): void {
  const id = seed.id ?? idFor('tenant', seed.name);
  const initial = `${seed.name.toLowerCase()}.onmicrosoft.com`;
  const domains = [...new Set([initial, ...(seed.domains ?? []).map((domain) => domain.toLowerCase())])];
  const { customRoleLimit } = seed;
  const limits = customRoleLimit === undefined ? {} : { customRoleLimit };
  const tenant: Tenant = { id, name: seed.name, domains, ...limits };
  addNew(store, 'tenants', id, tenant, `tenant ${seed.name}`);

  for (const location of seed.namedLocations ?? []) addNamedLocation(store, seed.name, id, location, clock);
  for (const step of seed.stepUp ?? []) addStepUp(store, id, step);
  for (const user of seed.users ?? []) addUser(store, tenant, user);
  for (const app of seed.apps ?? []) addApp(store, tenant, app, clock);
  for (const group of seed.groups ?? []) {
    const key = groupKey(seed, group);
    const row = { id: key, tenantId: id, displayName: group.name, memberIds: [] };
    addNew(store, 'groups', key, row, `group ${group.name}`);
  }
}

/** Members come last, so that a group can hold one that stands further down, and managed identities. */
function addMembers(store: Store, seed: SeedTenant): void {
  for (const group of seed.groups ?? []) {
    const row = store.get('groups', groupKey(seed, group));
    if (row === undefined) continue;
    const memberIds = (group.members ?? []).map((member) => findPrincipal(store, row.tenantId, member));
    store.put('groups', row.id, { ...row, memberIds });
  }
}

function groupKey(tenant: SeedTenant, group: SeedGroup): string {
  return group.id ?? idFor('tenant', tenant.name, 'group', group.name);
}

function tenantOf(tenants: readonly Tenant[], subscription: string, name: string | undefined): Tenant {
  const [only, another] = tenants;
  const tenant =
    name === undefined
      ? another === undefined
        ? only
        : undefined
      : tenants.find((row) => row.name === name || row.id === name.toLowerCase());
  if (tenant !== undefined) return tenant;
  throw invalidSeed(
    name === undefined
      ? `Subscription ${subscription} must name its tenant: there is more than one.`
      : `Subscription ${subscription} names tenant ${name}, which does not exist.`,
  );
}
