import { parseScope, type RoleDefinition } from '@aml-auth/permissions';

import { authorizationPath, ROLE_DEFINITIONS_API_VERSION, type Arm } from '../arm/authorization-path.js';
import { allOf, odataText } from '../arm/odata-filter.js';
import { parseRoleDefinition } from './parse-role-definition.js';

/** Which role definitions {@link listRoleDefinitions} lists. */
export interface ListRoleDefinitionsOptions {
  /** A resource id, or `/`. */
  readonly scope: string;
  /** Only the role of this name, in any case. */
  readonly roleName?: string | undefined;
  /** A further OData filter, such as `type eq 'CustomRole'` or `atScopeAndBelow()`. */
  readonly filter?: string | undefined;
  /** Ends the listing with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The role definitions that can be assigned at a scope, built-in and custom, page by page.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope that is none; what the `ArmClient` throws
 */
export async function* listRoleDefinitions(
  arm: Arm,
  options: ListRoleDefinitionsOptions,
): AsyncGenerator<RoleDefinition, void, undefined> {
  const { roleName, filter, signal } = options;
  const named = roleName === undefined ? undefined : `roleName eq ${odataText(roleName)}`;
  const items = arm.list({
    path: authorizationPath(parseScope(options.scope).id, 'roleDefinitions'),
    apiVersion: ROLE_DEFINITIONS_API_VERSION,
    query: { $filter: allOf([named, filter]) },
    signal,
  });
  for await (const item of items) yield parseRoleDefinition(item);
}
