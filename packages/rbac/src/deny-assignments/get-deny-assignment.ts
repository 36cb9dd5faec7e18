import { AmlAuthError, isAmlAuthError, isGuid } from '@aml-auth/core';
import { parseScope } from '@aml-auth/permissions';

import { AUTHORIZATION_API_VERSION, type Arm } from '../arm/authorization-path.js';
import { parseDenyAssignment, type StoredDenyAssignment } from './parse-deny-assignment.js';

/** Which deny assignment {@link getDenyAssignment} reads. */
export interface GetDenyAssignmentOptions {
  /** Its full resource id, such as an error names it. */
  readonly id: string;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One deny assignment by its id; undefined where there is none.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id of anything else; what the `ArmClient` throws
 */
export async function getDenyAssignment(
  arm: Arm,
  { id, signal }: GetDenyAssignmentOptions,
): Promise<StoredDenyAssignment | undefined> {
  const path = parseId(id);
  try {
    const apiVersion = AUTHORIZATION_API_VERSION;
    return parseDenyAssignment((await arm.request({ method: 'GET', path, apiVersion, signal })).body);
  } catch (error) {
    if (isAmlAuthError(error) && error.code === 'AML_NOT_FOUND') return undefined;
    throw error;
  }
}

function parseId(text: string): string {
  const { id, resourceType, resourceName } = parseScope(text);
  const isDenial = resourceType?.toLowerCase() === 'microsoft.authorization/denyassignments';
  if (isDenial && resourceName !== undefined && isGuid(resourceName)) return id;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(text.slice(0, 200))} is not the id of a deny assignment.`,
    remedy: 'Give the id as {scope}/providers/Microsoft.Authorization/denyAssignments/{GUID}.',
  });
}
