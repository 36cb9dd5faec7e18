import { AmlAuthError, restateError, toAmlAuthError, type ChangeStep } from '@aml-auth/core';

import type { Arm } from '../arm/authorization-path.js';
import { isTarget } from '../role-assignments/assignment-target.js';
import { deleteRoleAssignment } from '../role-assignments/delete-role-assignment.js';
import { getRoleAssignment } from '../role-assignments/get-role-assignment.js';
import { parseAccessReceipt, type AccessGrant, type AccessReceipt } from './access-receipt.js';

/** What became of the grants when access was taken back. */
export interface RevokedAccess {
  /** Those that were taken back now. */
  readonly revoked: readonly AccessGrant[];
  /** Those that were not there any more. */
  readonly absent: readonly AccessGrant[];
  /** Those that were there before the change, and stay. */
  readonly kept: readonly AccessGrant[];
}

/** How {@link revokeAccess} is called. */
export interface RevokeAccessOptions {
  /** Ends the call with `AML_CANCELLED`; what was taken back stays so. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes back what a receipt says was made, the last first: what was there before stays. Each assignment is read
 * first, and left alone where it is not the one of the receipt. Goes on after a failure, and can be repeated.
 *
 * A receipt from before the first write (`planned`) takes back whatever of it was made.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for anything but a receipt; the first error of a step, with all `steps`
 */
export async function revokeAccess(
  arm: Arm,
  receipt: AccessReceipt,
  { signal }: RevokeAccessOptions = {},
): Promise<RevokedAccess> {
  const { principal, grants } = parseAccessReceipt(receipt);
  const kept = grants.filter(({ outcome }) => outcome === 'existing');
  const made = grants.filter(({ outcome }) => outcome !== 'existing').reverse();
  const ended = await revokeEach(made, (grant) => revokeOne(arm, principal.objectId, grant, signal));
  return { ...ended, kept };
}

/**
 * Takes back each grant, whatever becomes of the others.
 *
 * @param revoke - says whether it was there
 * @throws {AmlAuthError} the first error, with all `steps`
 */
export async function revokeEach(
  grants: readonly AccessGrant[],
  revoke: (grant: AccessGrant) => Promise<boolean>,
): Promise<Pick<RevokedAccess, 'revoked' | 'absent'>> {
  const revoked: AccessGrant[] = [];
  const absent: AccessGrant[] = [];
  const steps: ChangeStep[] = [];
  let first: AmlAuthError | undefined;
  for (const grant of grants) {
    const step = `take back ${grant.roleName} at ${grant.scope}`;
    try {
      ((await revoke(grant)) ? revoked : absent).push(grant);
      steps.push({ step, outcome: 'done', id: grant.id });
    } catch (error) {
      const failure = toAmlAuthError(error);
      first ??= failure;
      const outcome = failure.code === 'AML_CANCELLED' ? 'notStarted' : 'failed';
      steps.push({ step, outcome, id: grant.id });
    }
  }
  if (first === undefined) return { revoked, absent };
  const failed = steps.filter(({ outcome }) => outcome !== 'done');
  throw restateError(first, {
    message: `${String(failed.length)} of ${String(steps.length)} roles could not be taken back. ${first.message}`,
    remedy: `${first.remedy ?? ''} Then make the same call again: what is gone already is no error.`.trim(),
    steps,
  });
}

async function revokeOne(
  arm: Arm,
  principalId: string,
  grant: AccessGrant,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { id, scope, roleDefinitionId, roleName } = grant;
  const assignment = await getRoleAssignment(arm, { id, signal });
  if (assignment === undefined) return false;
  if (!isTarget(assignment, { scope, principalId, roleDefinitionId })) {
    throw new AmlAuthError({
      code: 'AML_CONFLICT',
      message: `The role assignment ${id} is not ${roleName} at ${scope} for ${principalId}, as the receipt says; it stays.`,
      remedy: 'Check where the receipt comes from.',
    });
  }
  return deleteRoleAssignment(arm, { id, signal });
}
