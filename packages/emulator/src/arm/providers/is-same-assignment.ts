import { roleDefinitionGuid } from '@aml-auth/permissions';

import type { StoredAssignment } from '../../core/access-rows.js';

type Triple = Pick<StoredAssignment, 'principalId' | 'roleDefinitionId' | 'scope'>;

/** Whether two assignments give the same role to the same principal at the same scope. */
export function isSameAssignment(a: Triple, b: Triple): boolean {
  return (
    a.principalId === b.principalId &&
    roleDefinitionGuid(a.roleDefinitionId) === roleDefinitionGuid(b.roleDefinitionId) &&
    a.scope.toLowerCase() === b.scope.toLowerCase()
  );
}
