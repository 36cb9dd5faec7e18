import { AmlAuthError, isGuid } from '@aml-auth/core';

const RESOURCE_ID = /\/providers\/Microsoft\.Authorization\/roleDefinitions\/([^/]+)\/?$/i;

/**
 * The GUID of a role in lower case, from the GUID alone or from the resource id of a role definition. Undefined
 * for anything else, the id of another kind of object that ends in a GUID among it.
 */
export function roleGuidOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const guid = value.includes('/') ? RESOURCE_ID.exec(value)?.[1] : value.trim();
  return guid !== undefined && isGuid(guid) ? guid.toLowerCase() : undefined;
}

/**
 * {@link roleGuidOf}, where nothing else will do.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseRoleId(value: unknown): string {
  const guid = roleGuidOf(value);
  if (guid !== undefined) return guid;
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 200)) : typeof value;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `roleDefinitionId ${shown} is neither a GUID nor the id of a role definition.`,
    remedy:
      'Give the GUID of the role, or {scope}/providers/Microsoft.Authorization/roleDefinitions/{GUID}; getRoleDefinition finds it by name.',
  });
}
