import { AmlAuthError, isGuid } from '@aml-auth/core';
import { parseScope } from '@aml-auth/permissions';

/**
 * The path of a role assignment from its resource id. A PUT or DELETE on another id would change something else.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseRoleAssignmentId(id: string): string {
  const { id: path, resourceType, resourceName } = parseScope(id);
  const isAssignment = resourceType?.toLowerCase() === 'microsoft.authorization/roleassignments';
  if (isAssignment && resourceName !== undefined && isGuid(resourceName)) return path;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(id.slice(0, 200))} is not the id of a role assignment.`,
    remedy: 'Give the id as {scope}/providers/Microsoft.Authorization/roleAssignments/{GUID}.',
  });
}
