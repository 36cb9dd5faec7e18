import { isAmlAuthError, restateError } from '@aml-auth/core';
import { parseScope } from '@aml-auth/permissions';

import type { AccessReceipt } from '../sharing/access-receipt.js';
import { applyGrants, type GrantOptions } from '../sharing/apply-grants.js';
import { describeWish, resolveWishes, type GrantWish } from '../sharing/grant-wish.js';
import { planGrants } from '../sharing/plan-grants.js';
import { waitForAccess, type WaitForAccessOptions } from '../sharing/wait-for-access.js';
import {
  requireIdentity,
  switchOnStep,
  type IdentityArm,
  type IdentityQuery,
  type ManagedIdentity,
} from './managed-identity.js';

/** What {@link grantIdentity} gives, and to which identity. */
export interface GrantIdentityOptions extends IdentityQuery, GrantOptions {
  /** Roles and where they are assigned. */
  readonly grants: readonly GrantWish[];
  /** Waits until the access can be seen. Default: it does not wait. */
  readonly wait?: Omit<WaitForAccessOptions, 'signal' | 'clock'> | undefined;
}

/** What {@link grantIdentity} did. */
export interface GrantedIdentity {
  /** The identity that has the roles now. */
  readonly identity: ManagedIdentity;
  /** For `revokeAccess`. An identity that was switched on stays on. */
  readonly receipt: AccessReceipt;
}

/**
 * Gives roles to the managed identity by which something runs: of a virtual machine, switched on where it is off; of a
 * compute cluster or instance, an endpoint or a workspace; or a user-assigned one. Whoever runs code there acts with
 * these roles. Doing it again is no error and changes nothing. All roles or none, unless `onFailure` says otherwise.
 *
 * Needs no permission of Microsoft Graph. A new identity is waited for until Azure knows it everywhere.
 *
 * @throws {AmlAuthError} what `getRoleDefinition` and `createRoleAssignment` throw; `AML_NOT_FOUND` where there is no
 *   such identity; `AML_AMBIGUOUS`; where some steps were taken, with all `steps`
 */
export async function grantIdentity(
  arm: IdentityArm,
  options: GrantIdentityOptions,
): Promise<GrantedIdentity> {
  const { signal, wait, clock } = options;
  for (const { scope } of options.grants) parseScope(scope);
  const wishes = await resolveWishes(arm, options.grants, signal);
  const identity = await requireIdentity(arm, options);
  const { principalId: objectId, switchedOn } = identity;
  const before = switchedOn ? [switchOnStep(identity.resource, 'done')] : [];
  let plan: AccessReceipt;
  try {
    plan = await planGrants(arm, { objectId, type: 'ServicePrincipal' }, wishes, signal);
  } catch (error) {
    if (!isAmlAuthError(error) || before.length === 0) throw error;
    const left = wishes.map((wish) => ({ step: describeWish(wish), outcome: 'notStarted' as const }));
    throw restateError(error, { steps: [...before, ...left] });
  }
  const isNew = switchedOn || options.principalIsNew === true;
  const receipt = await applyGrants(arm, plan, { ...options, principalIsNew: isNew }, before);
  if (wait !== undefined) await waitForAccess(arm, receipt, { ...wait, clock, signal });
  return { identity, receipt };
}
