import { nameUuid } from '../arm/name-uuid.js';
import { parseTarget } from './assignment-target.js';

/**
 * The name under which this package creates a role assignment: the version 5 UUID (RFC 9562) of
 * scope, principal and role, so that creating it again meets the same one. Case does not count, nor
 * whether the role is given by its GUID or by a resource id.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope that is none, and for ids that are no GUIDs
 */
export function roleAssignmentName(scope: string, principalId: string, roleDefinitionId: string): string {
  const target = parseTarget({ scope, principalId, roleDefinitionId });
  return nameUuid([target.scope.toLowerCase(), target.principalId, target.roleDefinitionId]);
}
