import type { Clock } from '@aml-auth/core';

import { ARM_TYPES } from '../arm/arm-types.js';
import { findNamespace } from '../arm/namespaces.js';
import { resourceGroupId } from '../core/arm-ids.js';
import { idFor } from '../core/ids.js';
import { putRegistration } from '../core/registration-rows.js';
import type { Store } from '../core/store.js';
import type { Tenant } from '../core/directory-rows.js';
import type { Subscription } from '../core/resource-rows.js';
import { addUserAssignedIdentity } from '../core/identity-rows.js';
import type { Vault } from '../core/vault.js';
import { addWorkspace } from '../core/workspace-rows.js';
import { addComputes } from './add-computes.js';
import { addDependents } from './add-dependents.js';
import { addGenericResources } from './add-generic-resources.js';
import { addNew } from './add-new.js';
import { invalidSeed } from './invalid-seed.js';
import { addWorkspaceResources } from './add-workspace-resources.js';
import type { SeedSubscription } from './emulator-seed.js';

/** Writes a subscription and all that is in it. */
export function addResources(
  store: Store,
  tenant: Tenant,
  seed: SeedSubscription,
  clock: Clock,
  vault: Vault,
): void {
  const subscriptionId = seed.id ?? idFor('subscription', seed.name);
  const { roleAssignmentLimit, classicAdministrators = [] } = seed;
  const subscription: Subscription = {
    id: subscriptionId,
    tenantId: tenant.id,
    displayName: seed.name,
    classicAdministrators: classicAdministrators.map(({ email, role = 'CoAdministrator' }) => ({
      emailAddress: email,
      role,
    })),
    ...(roleAssignmentLimit === undefined ? {} : { roleAssignmentLimit }),
  };
  addNew(store, 'subscriptions', subscriptionId, subscription, `subscription ${seed.name}`);
  for (const given of seed.unregistered ?? []) unregister(store, subscriptionId, given, clock);
  for (const group of seed.resourceGroups ?? []) {
    const { name, location = 'westeurope', tags = {} } = group;
    const id = resourceGroupId(subscriptionId, name);
    const row = { id, subscriptionId, name, location, tags };
    addNew(store, 'resourceGroups', id, row, `resource group ${name}`);
    for (const identity of group.identities ?? []) {
      addUserAssignedIdentity(store, tenant.id, {
        subscriptionId,
        resourceGroup: name,
        name: identity.name,
        location: identity.location ?? location,
        tags: {},
      });
    }
    addGenericResources(store, { subscriptionId, group, clock });
    for (const workspace of group.workspaces ?? []) {
      const { kind = 'Default' } = workspace;
      const place = {
        subscriptionId,
        resourceGroup: name,
        name: workspace.name,
        location: workspace.location ?? location,
        createdAt: clock.now(),
      };
      const made = addWorkspace(store, tenant.id, {
        ...place,
        kind,
        tags: workspace.tags ?? {},
        identityType: workspace.identity === 'none' ? 'None' : 'SystemAssigned',
        userAssigned: [],
        properties: kind.toLowerCase() === 'project' ? {} : addDependents(store, place),
        createdBy: 'seed',
        createdByType: 'Application',
      });
      addComputes(store, tenant.id, made.id, workspace.computes ?? [], clock);
      addWorkspaceResources({ store, tenantId: tenant.id, workspace: made, clock, vault }, workspace);
    }
  }
}

function unregister(store: Store, subscriptionId: string, given: string, clock: Clock): void {
  const namespace = findNamespace(ARM_TYPES, given);
  if (namespace === undefined) throw invalidSeed(`There is no resource provider ${given}.`);
  putRegistration(store, { subscriptionId, namespace, isRegistered: false, at: clock.now() });
}
