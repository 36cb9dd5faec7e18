import type { Clock } from '@aml-auth/core';

import { idFor } from '../core/ids.js';
import { hashSecret } from '../core/secret-hash.js';
import type { Store } from '../core/store.js';
import type { Tenant } from '../core/tables.js';
import { addNew } from './add-new.js';
import { addResources } from './add-resources.js';
import { addRoles } from './add-roles.js';
import type { EmulatorSeed, SeedApp, SeedSecret, SeedTenant } from './emulator-seed.js';
import { findPrincipal, fullUpn } from './find-principal.js';
import { invalidSeed } from './invalid-seed.js';

const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/**
 * Writes a seed into an empty store.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where a name refers to nothing, or stands twice
 */
export function applySeed(store: Store, seed: EmulatorSeed, clock: Clock): void {
  for (const tenant of seed.tenants) addTenant(store, tenant, clock);
  const tenants = store.list('tenants');
  for (const subscription of seed.subscriptions ?? []) {
    addResources(store, tenantOf(tenants, subscription.name, subscription.tenant), subscription, clock);
  }
  addRoles(store, seed, clock);
}

function addTenant(store: Store, seed: SeedTenant, clock: Clock): void {
  const id = seed.id ?? idFor('tenant', seed.name);
  const initial = `${seed.name.toLowerCase()}.onmicrosoft.com`;
  const domains = [...new Set([initial, ...(seed.domains ?? []).map((domain) => domain.toLowerCase())])];
  const tenant: Tenant = { id, name: seed.name, domains };
  addNew(store, 'tenants', id, tenant, `tenant ${seed.name}`);

  for (const user of seed.users ?? []) {
    const userPrincipalName = fullUpn(user.upn);
    const key = user.id ?? idFor('tenant', seed.name, 'user', userPrincipalName);
    const displayName = user.name ?? userPrincipalName.split('@')[0] ?? '';
    addNew(
      store,
      'users',
      key,
      { id: key, tenantId: id, userPrincipalName, displayName },
      `user ${userPrincipalName}`,
    );
  }
  for (const app of seed.apps ?? []) addApp(store, tenant, app, clock);
  const groups = (seed.groups ?? []).map((group) => {
    const key = group.id ?? idFor('tenant', seed.name, 'group', group.name);
    const row = { id: key, tenantId: id, displayName: group.name, memberIds: [] };
    addNew(store, 'groups', key, row, `group ${group.name}`);
    return { group, row };
  });
  // Members come second, so that a group can hold one that stands further down.
  for (const { group, row } of groups) {
    const memberIds = (group.members ?? []).map((member) => findPrincipal(store, id, member));
    store.put('groups', row.id, { ...row, memberIds });
  }
}

function addApp(store: Store, tenant: Tenant, seed: SeedApp, clock: Clock): void {
  const made = (kind: string): string => idFor('tenant', tenant.name, 'app', seed.name, kind);
  const clientId = seed.clientId ?? made('client');
  const objectId = seed.objectId ?? made('application');
  const servicePrincipalId = seed.servicePrincipalId ?? made('servicePrincipal');
  const application = {
    id: objectId,
    tenantId: tenant.id,
    clientId,
    displayName: seed.name,
    tokenLifetime: seed.tokenLifetime ?? null,
    passwordCredentials: (seed.secrets ?? []).map((secret, index) => {
      const keyId = made(`secret ${index}`);
      return {
        keyId,
        displayName: secret.name ?? null,
        hint: secret.value.slice(0, 3),
        hash: hashSecret(keyId, secret.value),
        endsAt: endOf(secret, clock),
      };
    }),
  };
  if (store.list('applications').some((app) => app.clientId === clientId && app.tenantId === tenant.id)) {
    throw invalidSeed(`There are two of app ${seed.name}.`);
  }
  addNew(store, 'applications', objectId, application, `app ${seed.name}`);
  addNew(
    store,
    'servicePrincipals',
    servicePrincipalId,
    {
      id: servicePrincipalId,
      tenantId: tenant.id,
      appId: clientId,
      displayName: seed.name,
      servicePrincipalType: 'Application',
      resourceId: null,
    },
    `app ${seed.name}`,
  );
}

function endOf({ expires = '+180d' }: SeedSecret, clock: Clock): number {
  const span = /^([+-]\d+)([dhms])$/.exec(expires);
  return span === null ? Date.parse(expires) : clock.now() + Number(span[1]) * (UNIT_MS[span[2] ?? ''] ?? 0);
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
