import type { RoleDefinition } from '../types.js';
import { azureAiRoles } from './azure-ai-roles.js';
import { azureMlRoles } from './azure-ml-roles.js';
import { computeRoles } from './compute-roles.js';
import { generalRoles } from './general-roles.js';
import { keyVaultRoles } from './key-vault-roles.js';
import { managedIdentityRoles } from './managed-identity-roles.js';
import { registryRoles } from './registry-roles.js';
import { storageRoles } from './storage-roles.js';

/**
 * The built-in roles that users of Azure Machine Learning meet, with their permissions as of
 * 2026-08-22. Microsoft changes built-in roles; the definitions of a tenant are the ones that count.
 */
export const builtInRoles: readonly RoleDefinition[] = [
  ...generalRoles,
  ...azureMlRoles,
  ...azureAiRoles,
  ...managedIdentityRoles,
  ...storageRoles,
  ...registryRoles,
  ...keyVaultRoles,
  ...computeRoles,
];
