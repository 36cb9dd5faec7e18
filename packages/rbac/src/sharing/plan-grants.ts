import { AmlAuthError } from '@aml-auth/core';

import type { Arm } from '../arm/authorization-path.js';
import type { Principal } from '../graph/principal.js';
import { assignmentIdOf } from '../role-assignments/create-role-assignment.js';
import { findRoleAssignment } from '../role-assignments/find-role-assignment.js';
import { isUnconditional } from '../role-assignments/role-condition.js';
import type { AccessGrant, AccessReceipt } from './access-receipt.js';
import type { ResolvedWish } from './grant-wish.js';

/**
 * Reads which of the wished roles are there already, and writes nothing: what a caller keeps of it before the first
 * write is enough to take everything back, whatever happens in between.
 *
 * @throws {AmlAuthError} `AML_CONFLICT` where a role is there under a condition; what the `ArmClient` throws
 */
export async function planGrants(
  arm: Arm,
  principal: Pick<Principal, 'objectId' | 'type' | 'displayName'>,
  wishes: readonly ResolvedWish[],
  signal: AbortSignal | undefined,
): Promise<AccessReceipt> {
  const { objectId, type, displayName } = principal;
  const grants: AccessGrant[] = [];
  for (const wish of wishes) {
    const target = { ...wish, principalId: objectId };
    const existing = await findRoleAssignment(arm, { ...target, signal });
    if (existing !== undefined && !isUnconditional(existing.condition)) throw conditional(wish, existing.id);
    const outcome = existing === undefined ? 'planned' : 'existing';
    grants.push({ id: existing?.id ?? assignmentIdOf(target), ...wish, outcome });
  }
  const named = displayName === undefined ? {} : { displayName };
  return { version: 1, principal: { objectId, type, ...named }, grants, warnings: [] };
}

function conditional({ roleName, scope }: ResolvedWish, id: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFLICT',
    message: `${roleName} is assigned at ${scope} already, under a condition: ${id}. Nothing was changed.`,
    remedy: 'Keep the condition and share other roles, or delete that assignment first.',
  });
}
