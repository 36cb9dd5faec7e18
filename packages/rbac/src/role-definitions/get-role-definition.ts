import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import { parseScope, type RoleDefinition } from '@aml-auth/permissions';

import { authorizationPath, ROLE_DEFINITIONS_API_VERSION, type Arm } from '../arm/authorization-path.js';
import { roleGuidOf } from '../arm/role-id.js';
import { listRoleDefinitions } from './list-role-definitions.js';
import { parseRoleDefinition } from './parse-role-definition.js';
import { renamedRole } from './renamed-roles.js';

/** Which role {@link getRoleDefinition} looks for, and where. */
export interface GetRoleDefinitionOptions {
  /** A resource id, or `/`. A name is looked for among the roles that can be assigned here. */
  readonly scope: string;
  /** GUID, resource id, or name in any case. */
  readonly role: string;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One role definition, by its GUID, its resource id or its name. Names of built-in roles change: a name by which a
 * role of Azure AI was known before still finds it.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope that is none, for an empty name, and for the resource id
 *   of anything else; `AML_NOT_FOUND`; `AML_AMBIGUOUS` where several roles have the name; what the `ArmClient` throws
 */
export async function getRoleDefinition(
  arm: Arm,
  options: GetRoleDefinitionOptions,
): Promise<RoleDefinition> {
  const role = await findRoleDefinition(arm, options);
  if (role !== undefined) return role;
  throw new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `There is no role ${shown(options.role)} that can be assigned at ${options.scope}.`,
    remedy:
      'Check the spelling (az role definition list --query "[].roleName"), and that a custom role has the scope among its assignable scopes. Roles of Microsoft Entra ID are no roles of Azure.',
  });
}

/**
 * {@link getRoleDefinition}, with undefined where there is none.
 *
 * @throws {AmlAuthError} as {@link getRoleDefinition}, without `AML_NOT_FOUND`
 */
export async function findRoleDefinition(
  arm: Arm,
  { scope, role, signal }: GetRoleDefinitionOptions,
): Promise<RoleDefinition | undefined> {
  const at = parseScope(scope).id;
  const guid = parseRole(role);
  if (guid !== undefined) return getByGuid(arm, at, guid, signal);
  const found: RoleDefinition[] = [];
  for await (const item of listRoleDefinitions(arm, { scope: at, roleName: role.trim(), signal })) {
    found.push(item);
  }
  if (found.length > 1) throw severalRoles(role, found);
  const renamed = found.length === 0 ? renamedRole(role) : undefined;
  return renamed === undefined ? found[0] : getByGuid(arm, at, renamed, signal);
}

function parseRole(role: unknown): string | undefined {
  const guid = roleGuidOf(role);
  const isName = typeof role === 'string' && role.trim() !== '' && !role.startsWith('/');
  if (guid !== undefined || isName) return guid;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The role ${shown(role)} is neither a name, a GUID nor the id of a role definition.`,
    remedy: 'Give a name such as AzureML Data Scientist, or the GUID of the role.',
  });
}

async function getByGuid(
  arm: Arm,
  scope: string,
  guid: string,
  signal: AbortSignal | undefined,
): Promise<RoleDefinition | undefined> {
  try {
    const { body } = await arm.request({
      method: 'GET',
      path: authorizationPath(scope, 'roleDefinitions', guid),
      apiVersion: ROLE_DEFINITIONS_API_VERSION,
      signal,
    });
    return parseRoleDefinition(body);
  } catch (error) {
    if (isAmlAuthError(error) && error.armCode === 'RoleDefinitionDoesNotExist') return undefined;
    throw error;
  }
}

function severalRoles(role: string, found: readonly RoleDefinition[]): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_AMBIGUOUS',
    message: `Several roles are called ${shown(role)}: ${found.map(({ id }) => id).join(', ')}.`,
    remedy: 'Give the GUID of the one that is meant.',
  });
}

function shown(role: unknown): string {
  return typeof role === 'string' ? JSON.stringify(role.slice(0, 200)) : typeof role;
}
