import { roleDefinitionGuid, type RoleDefinition } from '@aml-auth/permissions';

import type { Arm } from '../arm/authorization-path.js';
import { listRoleDefinitions } from '../role-definitions/list-role-definitions.js';
import type { ProviderOperation } from './access-collection.js';
import { collectOperations } from './collect-operations.js';

/** What {@link syncCatalogue} reads. */
export interface SyncCatalogueOptions {
  /** Roles that can be assigned here, such as at a subscription: the built-in ones and custom ones. */
  readonly scope: string;
  /** Default: those of Azure Machine Learning and what its workspaces depend on. */
  readonly providers?: readonly string[] | undefined;
  /** Ends the call with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/** The roles and operations of a tenant as they are now. */
export interface Catalogue {
  /** In the order of their names. */
  readonly roleDefinitions: readonly RoleDefinition[];
  /** Operations of the providers, of control and data plane. */
  readonly operations: readonly ProviderOperation[];
}

/** What a workspace consists of and depends on. */
const PROVIDERS = [
  'Microsoft.MachineLearningServices',
  'Microsoft.Authorization',
  'Microsoft.ContainerRegistry',
  'Microsoft.KeyVault',
  'Microsoft.ManagedIdentity',
  'Microsoft.Storage',
];

/**
 * The role definitions of a tenant and the operations of resource providers, which change more often than the tables of
 * `@aml-auth/permissions`. Give them to its functions in place of `builtInRoles`.
 *
 * @throws {AmlAuthError} what the `ArmClient` throws
 */
export async function syncCatalogue(arm: Arm, options: SyncCatalogueOptions): Promise<Catalogue> {
  const { scope, providers = PROVIDERS, signal } = options;
  const roles = new Map<string, RoleDefinition>();
  for await (const role of listRoleDefinitions(arm, { scope, signal }))
    roles.set(roleDefinitionGuid(role.id), role);
  return {
    roleDefinitions: [...roles.values()].sort((a, b) => a.roleName.localeCompare(b.roleName, 'en')),
    operations: await collectOperations(arm, { providers, signal }),
  };
}
