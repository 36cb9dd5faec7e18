import {
  PRINCIPAL_ID,
  PRINCIPAL_TYPE,
  ROLE_DEFINITION_ID,
  type AccessAttributes,
  type AttributeFacts,
} from '@aml-auth/permissions';

import type { StoredAssignment } from '../../core/access-rows.js';
import { asText, isObject, parseObject } from '../../core/json.js';
import type { ArmContext } from '../arm-context.js';
import { givenPrincipalType } from './given-principal-type.js';

/**
 * What conditions that delegate the management of role assignments look at (Microsoft Learn,
 * "Authorization actions and attributes"): of the request what it says, of an assignment what it has. A
 * kind of principal that the request does not name is not there: the service does not look it up.
 */
export function assignmentAttributes(
  { call }: ArmContext,
  existing: StoredAssignment | undefined,
): AccessAttributes {
  const properties = readProperties(call.body);
  const requested = { ...properties, principalType: givenPrincipalType(call, properties) };
  return {
    ...(call.method === 'PUT' ? { request: factsOf(requested) } : {}),
    ...(existing === undefined ? {} : { resource: factsOf(existing) }),
  };
}

function factsOf(properties: {
  readonly roleDefinitionId?: unknown;
  readonly principalId?: unknown;
  readonly principalType?: unknown;
}): AttributeFacts {
  return {
    [ROLE_DEFINITION_ID]: asText(properties.roleDefinitionId)?.split('/').at(-1) ?? null,
    [PRINCIPAL_ID]: asText(properties.principalId) ?? null,
    [PRINCIPAL_TYPE]: asText(properties.principalType) ?? null,
  };
}

/** A body that cannot be read is refused later, by who handles the request. */
function readProperties(body: string): Readonly<Record<string, unknown>> {
  const value = parseObject(body);
  return isObject(value['properties']) ? value['properties'] : value;
}
