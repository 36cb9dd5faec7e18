import { isAmlAuthError, restateError } from '@aml-auth/core';

import { AUTHORIZATION_API_VERSION, type Arm } from '../arm/authorization-path.js';
import type { AssignmentTarget } from './assignment-target.js';
import { findRoleAssignment } from './find-role-assignment.js';
import { parseRoleAssignmentId } from './role-assignment-id.js';

/** Which assignment {@link deleteRoleAssignment} deletes. */
export type DeleteRoleAssignmentOptions = (
  | {
      /** Its full resource id. */
      readonly id: string;
    }
  | (AssignmentTarget & { readonly id?: undefined })
) & {
  /** Ends the call with `AML_CANCELLED`; the assignment may be gone all the same. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Deletes a role assignment: by its id, or that of this role to this principal at this very scope, whatever its
 * name. One that does not exist is no error.
 *
 * @returns whether there was one
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id of anything else; what the `ArmClient` throws,
 *   such as `AML_CONFLICT` for the last Owner of a subscription
 */
export async function deleteRoleAssignment(arm: Arm, options: DeleteRoleAssignmentOptions): Promise<boolean> {
  const { signal } = options;
  const id = options.id ?? (await findRoleAssignment(arm, options))?.id;
  if (id === undefined) return false;
  const path = parseRoleAssignmentId(id);
  try {
    const apiVersion = AUTHORIZATION_API_VERSION;
    const { status } = await arm.request({ method: 'DELETE', path, apiVersion, signal });
    return status !== 204;
  } catch (error) {
    if (!isAmlAuthError(error) || error.armCode !== 'CannotDeleteLastRbacAdminAssignment') throw error;
    throw restateError(error, {
      message: `The role assignment ${path} is that of the last Owner of the subscription; Azure keeps it.`,
      remedy: 'Make somebody else an Owner of the subscription first.',
    });
  }
}
