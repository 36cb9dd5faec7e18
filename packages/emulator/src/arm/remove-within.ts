import { scopeCovers } from '@aml-auth/permissions';

import type { Store } from '../core/store.js';

/** The tables of resources, by their id. */
const RESOURCE_TABLES = [
  'computes',
  'workspaceResources',
  'genericResources',
  'userAssignedIdentities',
  'virtualMachines',
  'workspaces',
  'resourceGroups',
] as const;

const ACCESS_TABLES = ['roleAssignments', 'eligibleAssignments', 'denyAssignments'] as const;

/**
 * Removes a resource and all that lies below it: resources, their managed identities, and who may do what there.
 *
 * @param tenantId - for a management group, whose id says no more than its name
 */
export function removeWithin(store: Store, scope: string, tenantId?: string): void {
  for (const table of RESOURCE_TABLES) {
    for (const row of store.list(table)) if (scopeCovers(scope, row.id)) store.remove(table, row.id);
  }
  for (const row of store.list('servicePrincipals')) {
    if (row.resourceId !== null && scopeCovers(scope, row.resourceId)) {
      store.remove('servicePrincipals', row.id);
    }
  }
  for (const row of store.list('hosts')) {
    const isWithin = row.resourceId !== null && scopeCovers(scope, row.resourceId);
    if (row.kind === 'vm' && isWithin) store.remove('hosts', row.name);
  }
  for (const table of ACCESS_TABLES) {
    for (const row of store.list(table)) {
      const isOfTenant = tenantId === undefined || row.tenantId === tenantId;
      if (isOfTenant && scopeCovers(scope, row.scope)) store.remove(table, row.name);
    }
  }
}
