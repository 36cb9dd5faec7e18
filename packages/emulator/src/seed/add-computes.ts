import type { Clock } from '@aml-auth/core';

import { computeId } from '../core/arm-ids.js';
import { addSystemIdentity } from '../core/identity-rows.js';
import type { Store } from '../core/store.js';
import { seedStamp } from '../core/workspace-resource-rows.js';
import type { ResourceIdentity } from '../core/resource-rows.js';
import { addNew } from './add-new.js';
import type { SeedCompute } from './emulator-seed.js';
import { findIdentity } from './find-identity.js';
import { findPrincipal } from './find-principal.js';

/** Writes the computes of a workspace that is there. */
export function addComputes(
  store: Store,
  tenantId: string,
  workspaceId: string,
  seeds: readonly SeedCompute[],
  clock: Clock,
): void {
  const workspace = store.get('workspaces', workspaceId);
  if (workspace === undefined) return;
  for (const { name, kind = 'AmlCompute', identity = 'system', user, sso = true, state } of seeds) {
    const id = computeId(workspaceId, name);
    const row = {
      id,
      workspaceId,
      name,
      location: workspace.location,
      kind,
      identity: identityOf(store, tenantId, id, `${workspace.name}/computes/${name}`, identity),
      assignedUserId: user === undefined ? null : findPrincipal(store, tenantId, `user:${user}`),
      sso,
      ...seedStamp(clock.now()),
      tags: {},
      description: null,
      disableLocalAuth: true,
      settings: {},
      resourceId: null,
      sealed: {},
      power: state === 'stopped' ? ('Stopped' as const) : ('Running' as const),
    };
    addNew(store, 'computes', id, row, `compute ${workspace.name}/${name}`);
  }
}

function identityOf(
  store: Store,
  tenantId: string,
  id: string,
  displayName: string,
  identity: string,
): ResourceIdentity {
  if (identity === 'none') return { type: 'None', principalId: null, userAssigned: [] };
  if (identity !== 'system') {
    const { id: resourceId } = findIdentity(store, tenantId, identity);
    return { type: 'UserAssigned', principalId: null, userAssigned: [resourceId] };
  }
  const principalId = addSystemIdentity(store, tenantId, id, displayName);
  return { type: 'SystemAssigned', principalId, userAssigned: [] };
}
