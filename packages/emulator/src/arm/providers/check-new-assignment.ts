import { scopeCovers } from '@aml-auth/permissions';

import type { StoredAssignment } from '../../core/access-rows.js';
import { subscriptionOf } from '../../core/arm-ids.js';
import { compactGuid } from '../../core/ids.js';
import { managementGroupName } from '../../core/management-groups.js';
import { assignmentsOf } from '../access.js';
import type { ArmContext } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { isSameAssignment } from './is-same-assignment.js';

/** At all scopes of a subscription together; fixed in Azure. */
const LIMIT_PER_SUBSCRIPTION = 4_000;
/** At the scope of one management group. */
const LIMIT_PER_MANAGEMENT_GROUP = 500;

/**
 * Checks that an assignment can be added.
 *
 * @throws a refusal: 409 `RoleAssignmentExists` for the same under another name, 400 `RoleAssignmentLimitExceeded`
 */
export function checkNewAssignment(
  context: ArmContext,
  wanted: Pick<StoredAssignment, 'principalId' | 'roleDefinitionId'>,
): void {
  const { call, path, tenantId } = context;
  const rows = assignmentsOf(call.world.store, tenantId);
  const twin = rows.find((row) => isSameAssignment(row, { ...wanted, scope: path.scope }));
  if (twin !== undefined) {
    const message = `The role assignment already exists. The ID of the existing role assignment is ${compactGuid(twin.name)}.`;
    throw armRefusal(409, 'RoleAssignmentExists', message);
  }
  if (isFull(context, rows)) {
    throw armRefusal(400, 'RoleAssignmentLimitExceeded', 'No more role assignments can be created.');
  }
}

function isFull({ call, path }: ArmContext, rows: readonly StoredAssignment[]): boolean {
  if (managementGroupName(path.scope) !== undefined) {
    const scope = path.scope.toLowerCase();
    return rows.filter((row) => row.scope.toLowerCase() === scope).length >= LIMIT_PER_MANAGEMENT_GROUP;
  }
  const id = subscriptionOf(path.scope);
  if (id === undefined) return false;
  const limit = call.world.store.get('subscriptions', id)?.roleAssignmentLimit ?? LIMIT_PER_SUBSCRIPTION;
  return rows.filter((row) => scopeCovers(`/subscriptions/${id}`, row.scope)).length >= limit;
}
