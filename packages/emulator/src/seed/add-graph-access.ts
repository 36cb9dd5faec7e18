import type { Clock } from '@aml-auth/core';

import { idFor } from '../core/ids.js';
import type { Store } from '../core/store.js';
import type { SeedTenant } from './emulator-seed.js';
import { findPrincipal } from './find-principal.js';

/** The role of whoever is assigned without one. */
const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000';

/**
 * Writes who owns the applications of a tenant, who is assigned to them, and what these may do in Microsoft
 * Graph. Owners and the assigned must be there.
 */
export function addGraphAccess(store: Store, seed: SeedTenant, clock: Clock): void {
  const tenantId = seed.id ?? idFor('tenant', seed.name);
  for (const { name, owners, graphPermissions, assignedTo } of seed.apps ?? []) {
    const principal = store.get('servicePrincipals', findPrincipal(store, tenantId, `app:${name}`));
    if (principal === undefined) continue;
    const assigned = assignedTo?.map((member) => {
      const principalId = findPrincipal(store, tenantId, member);
      const id = idFor('tenant', seed.name, 'app', name, 'assignment', principalId);
      return { id, principalId, appRoleId: DEFAULT_ACCESS, createdAt: clock.now() };
    });
    store.put('servicePrincipals', principal.id, {
      ...principal,
      ...(graphPermissions === undefined ? {} : { graphPermissions }),
      ...(assigned === undefined ? {} : { assignmentRequired: true, appRoleAssignments: assigned }),
    });
    const application = store
      .list('applications')
      .find((row) => row.clientId === principal.appId && row.tenantId === tenantId);
    if (owners === undefined || application === undefined) continue;
    const ownerIds = owners.map((owner) => findPrincipal(store, tenantId, owner));
    store.put('applications', application.id, { ...application, ownerIds });
  }
}
