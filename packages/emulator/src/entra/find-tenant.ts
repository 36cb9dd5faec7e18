import { isGuid } from '@aml-auth/core';

import type { Tenant } from '../core/directory-rows.js';
import type { Store } from '../core/store.js';
import type { Call } from '../http/call.js';
import { entraRefusal } from './entra-refusal.js';

/** Authorities that stand for no single tenant. */
const ALIASES = new Set(['common', 'organizations', 'consumers']);

/** Whether the first segment of a path stands for many tenants. */
export function isTenantAlias(name: string): boolean {
  return ALIASES.has(name.toLowerCase());
}

/** The tenant with that id or domain. */
export function lookUpTenant(store: Store, name: string): Tenant | undefined {
  if (isGuid(name)) return store.get('tenants', name);
  return store.list('tenants').find(({ domains }) => domains.includes(name.toLowerCase()));
}

/**
 * The tenant that the path names by id or domain.
 *
 * @throws a refusal: AADSTS90002 for an unknown tenant, AADSTS900023 for what can be none
 */
export function findTenant(call: Call, name: string): Tenant {
  const tenant = lookUpTenant(call.world.store, name);
  if (tenant !== undefined) return tenant;
  const wellFormed = isGuid(name) || /^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(name);
  throw entraRefusal(wellFormed ? 90002 : 900023, { tenant: name });
}
