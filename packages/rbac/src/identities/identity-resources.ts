import { AmlAuthError } from '@aml-auth/core';
import { parseScope } from '@aml-auth/permissions';
import { MACHINE_LEARNING_API_VERSION } from '@aml-auth/rest';

/** A kind of resource that can have managed identities. */
export interface IdentityResource {
  /** In lower case. */
  readonly type: string;
  readonly apiVersion: string;
}

const VERSIONS: Readonly<Record<string, string>> = {
  'microsoft.compute/virtualmachines': '2024-07-01',
  'microsoft.machinelearningservices/workspaces': MACHINE_LEARNING_API_VERSION,
  'microsoft.machinelearningservices/workspaces/computes': MACHINE_LEARNING_API_VERSION,
  'microsoft.machinelearningservices/workspaces/onlineendpoints': MACHINE_LEARNING_API_VERSION,
  'microsoft.machinelearningservices/workspaces/batchendpoints': MACHINE_LEARNING_API_VERSION,
  'microsoft.managedidentity/userassignedidentities': '2023-01-31',
};

/** Type of a virtual machine. */
export const VIRTUAL_MACHINE = 'microsoft.compute/virtualmachines';
/** Type of a user-assigned identity. */
export const USER_ASSIGNED_IDENTITY = 'microsoft.managedidentity/userassignedidentities';

/**
 * How the resource is read.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for an id that is none, or of a kind that is not known here
 */
export function identityResource(id: string): IdentityResource {
  const type = parseScope(id).resourceType?.toLowerCase() ?? '';
  const apiVersion = Object.hasOwn(VERSIONS, type) ? VERSIONS[type] : undefined;
  if (apiVersion !== undefined) return { type, apiVersion };
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(id.slice(0, 300))} is not a resource whose managed identity can be given a role here.`,
    remedy:
      'Give the id of a virtual machine, a compute, an endpoint, a workspace or a user-assigned identity; for another resource, read its identity.principalId and use createRoleAssignment.',
  });
}
