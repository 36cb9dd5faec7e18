import { findRole } from '../access.js';
import { AUTHORIZATION_VERSIONS } from '../api-versions.js';
import type { ArmType } from '../arm-context.js';
import { listAnswer } from '../list-answer.js';

/** `{scope}/providers/Microsoft.Authorization/permissions`: the caller's own, one element for each permission that is granted. */
export const permissions: ArmType = {
  type: 'Microsoft.Authorization/permissions',
  apiVersions: AUTHORIZATION_VERSIONS,
  list: {
    rule: 'open',
    handler({ access, call, caller, path, tenantId }) {
      const holders = new Set([caller.objectId, ...access.groupsOf(caller.objectId)]);
      const entries = access.snapshot.roleAssignments
        .filter(({ principalId, scope }) => holders.has(principalId) && access.covers(scope, path.scope))
        .map(({ roleDefinitionId }) =>
          findRole(call.world.store, tenantId, roleDefinitionId.split('/').at(-1) ?? ''),
        )
        .flatMap((role) => role?.permissions ?? []);
      return listAnswer(call, entries, '$skipToken');
    },
  },
};
