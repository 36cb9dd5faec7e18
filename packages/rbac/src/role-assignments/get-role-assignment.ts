import { isAmlAuthError } from '@aml-auth/core';

import { AUTHORIZATION_API_VERSION, type Arm } from '../arm/authorization-path.js';
import { parseRoleAssignment, type StoredRoleAssignment } from './parse-role-assignment.js';
import { parseRoleAssignmentId } from './role-assignment-id.js';

/** Which assignment {@link getRoleAssignment} reads. */
export interface GetRoleAssignmentOptions {
  /** Its full resource id. */
  readonly id: string;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One role assignment by its id; undefined where there is none, or its scope does not exist.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id of anything else; what the `ArmClient` throws
 */
export async function getRoleAssignment(
  arm: Arm,
  { id, signal }: GetRoleAssignmentOptions,
): Promise<StoredRoleAssignment | undefined> {
  try {
    const { body } = await arm.request({
      method: 'GET',
      path: parseRoleAssignmentId(id),
      apiVersion: AUTHORIZATION_API_VERSION,
      signal,
    });
    return parseRoleAssignment(body);
  } catch (error) {
    if (isAmlAuthError(error) && error.code === 'AML_NOT_FOUND') return undefined;
    throw error;
  }
}
