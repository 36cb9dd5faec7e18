import type { Clock } from '@aml-auth/core';

import type { ManagementGroup } from '../core/access-rows.js';
import type { Tenant } from '../core/directory-rows.js';
import { managementGroupKey, managementTreeOf } from '../core/management-groups.js';
import type { Store } from '../core/store.js';
import { addNew } from './add-new.js';
import { authorship } from './authorship.js';
import { invalidSeed } from './invalid-seed.js';
import type { SeedManagementGroup } from './seed-access.js';

/** Writes the root management group of every tenant, and those of the seed with their subscriptions. */
export function addManagementGroups(store: Store, seeds: readonly SeedManagementGroup[], clock: Clock): void {
  for (const tenant of store.list('tenants')) {
    const root = { name: tenant.id, displayName: 'Tenant Root Group', parent: null };
    addGroup(store, { ...root, version: 1, ...authorship(tenant.id, clock) });
  }
  const added = seeds.map((seed) => {
    const tenant = tenantOf(store, seed);
    const { name, displayName = name, parent = tenant.id } = seed;
    addGroup(store, { name, displayName, parent, version: 1, ...authorship(tenant.id, clock) });
    return { seed, tenant };
  });
  for (const { seed, tenant } of added) {
    checkAncestors(store, tenant, seed.name);
    for (const subscription of seed.subscriptions ?? [])
      moveSubscription(store, tenant, seed.name, subscription);
  }
}

function addGroup(store: Store, row: ManagementGroup): void {
  addNew(
    store,
    'managementGroups',
    managementGroupKey(row.tenantId, row.name),
    row,
    `management group ${row.name}`,
  );
}

function checkAncestors(store: Store, tenant: Tenant, name: string): void {
  const ancestors = managementTreeOf(store, tenant.id).ancestorsOf(name);
  if (ancestors.includes(name)) throw invalidSeed(`The management group ${name} lies in itself.`);
  if (ancestors.at(-1) === tenant.id) return;
  throw invalidSeed(
    `The management group ${name} has a parent ${ancestors.at(-1) ?? ''} that does not exist.`,
  );
}

function moveSubscription(store: Store, tenant: Tenant, group: string, subscription: string): void {
  const row = store
    .list('subscriptions')
    .find(
      ({ id, displayName, tenantId }) => tenantId === tenant.id && [id, displayName].includes(subscription),
    );
  if (row === undefined) {
    throw invalidSeed(
      `The management group ${group} names the subscription ${subscription}, which does not exist.`,
    );
  }
  if (row.managementGroup !== undefined) {
    throw invalidSeed(`The subscription ${subscription} is in two management groups.`);
  }
  store.put('subscriptions', row.id, { ...row, managementGroup: group });
}

function tenantOf(store: Store, { name, tenant }: SeedManagementGroup): Tenant {
  const tenants = store.list('tenants');
  const [only, another] = tenants;
  const found =
    tenant === undefined
      ? another === undefined
        ? only
        : undefined
      : tenants.find((row) => row.name === tenant || row.id === tenant.toLowerCase());
  if (found !== undefined) return found;
  throw invalidSeed(`The management group ${name} must name its tenant, one of those in the seed.`);
}
