import type { Clock } from '@aml-auth/core';

import type { DeniedPrincipal, StoredDenyAssignment } from '../core/access-rows.js';
import { denyAssignmentId } from '../core/arm-ids.js';
import { idFor } from '../core/ids.js';
import { principalTypeOf } from '../core/principals.js';
import type { Store } from '../core/store.js';
import { addNew } from './add-new.js';
import { authorship } from './authorship.js';
import { findPrincipal } from './find-principal.js';
import { findScope } from './find-scope.js';
import { findHolder, tenantOfScope } from './find-tenant.js';
import { invalidSeed } from './invalid-seed.js';
import type { SeedDenyAssignment } from './seed-access.js';

const EVERYONE: DeniedPrincipal = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };

/** Writes deny assignments; everything that they name must be there. */
export function addDenyAssignments(store: Store, seeds: readonly SeedDenyAssignment[], clock: Clock): void {
  for (const seed of seeds) {
    const scope = findScope(store, seed.scope);
    const { name: denyAssignmentName, principals = ['everyone'], excludePrincipals = [] } = seed;
    const [first] = [...principals, ...excludePrincipals].filter((principal) => principal !== 'everyone');
    const tenantId =
      scope === '/' && first !== undefined
        ? findHolder(store, scope, first).tenantId
        : tenantOfScope(store, scope, seed.name);
    if (excludePrincipals.includes('everyone'))
      throw invalidSeed(`The deny assignment ${seed.name} spares everyone.`);
    const name = seed.id ?? idFor('deny-assignment', scope, denyAssignmentName);
    const { actions = [], notActions = [], dataActions = [], notDataActions = [] } = seed;
    const row: StoredDenyAssignment = {
      id: denyAssignmentId(scope, name),
      name,
      denyAssignmentName,
      description: seed.description ?? '',
      scope,
      doNotApplyToChildScopes: seed.doNotApplyToChildScopes ?? false,
      isSystemProtected: seed.isSystemProtected ?? true,
      permissions: [{ actions, notActions, dataActions, notDataActions }],
      principals: principals.map((principal) => denied(store, tenantId, principal)),
      excludePrincipals: excludePrincipals.map((principal) => denied(store, tenantId, principal)),
      ...authorship(tenantId, clock),
    };
    addNew(store, 'denyAssignments', name, row, `deny assignment ${denyAssignmentName}`);
  }
}

function denied(store: Store, tenantId: string, principal: string): DeniedPrincipal {
  if (principal === 'everyone') return EVERYONE;
  const id = findPrincipal(store, tenantId, principal);
  const type = principalTypeOf(store, tenantId, id);
  if (type === 'User' || type === 'Group' || type === 'ServicePrincipal') return { id, type };
  throw invalidSeed(`There is no principal ${principal}.`);
}
