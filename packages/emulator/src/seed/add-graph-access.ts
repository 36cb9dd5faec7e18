import { idFor } from '../core/ids.js';
import type { Store } from '../core/store.js';
import type { SeedTenant } from './emulator-seed.js';
import { findPrincipal } from './find-principal.js';

/** Writes who owns the applications of a tenant, and what these may do in Microsoft Graph. Owners must be there. */
export function addGraphAccess(store: Store, seed: SeedTenant): void {
  const tenantId = seed.id ?? idFor('tenant', seed.name);
  for (const { name, owners, graphPermissions } of seed.apps ?? []) {
    const principal = store.get('servicePrincipals', findPrincipal(store, tenantId, `app:${name}`));
    if (principal === undefined) continue;
    if (graphPermissions !== undefined) {
      store.put('servicePrincipals', principal.id, { ...principal, graphPermissions });
    }
    const application = store
      .list('applications')
      .find((row) => row.clientId === principal.appId && row.tenantId === tenantId);
    if (owners === undefined || application === undefined) continue;
    const ownerIds = owners.map((owner) => findPrincipal(store, tenantId, owner));
    store.put('applications', application.id, { ...application, ownerIds });
  }
}
