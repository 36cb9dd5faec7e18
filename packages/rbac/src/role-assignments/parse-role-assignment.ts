import type { PrincipalType, RoleAssignment } from '@aml-auth/permissions';
import * as z from 'zod';

import { optionalText, parseReply } from '../arm/parse-reply.js';

/** A role assignment as Azure keeps it: what decides, and what is only told. */
export interface StoredRoleAssignment extends RoleAssignment {
  /** What it is for, in its author's words. */
  readonly description?: string | undefined;
  /** Where the identity is of another tenant (Azure Lighthouse): its resource id. */
  readonly delegatedManagedIdentityResourceId?: string | undefined;
  /** ISO 8601. */
  readonly createdOn?: string | undefined;
  /** Object id of whoever made it. */
  readonly createdBy?: string | undefined;
  /** ISO 8601. */
  readonly updatedOn?: string | undefined;
}

const PRINCIPAL_TYPES: readonly PrincipalType[] = [
  'User',
  'Group',
  'ServicePrincipal',
  'ForeignGroup',
  'Device',
];

const roleAssignment: z.ZodType<StoredRoleAssignment> = z.object({
  id: z.string().min(1),
  scope: z.string().min(1),
  principalId: z.string().min(1),
  // `Unknown` stands for a principal that has been deleted.
  principalType: optionalText.transform((type) => PRINCIPAL_TYPES.find((known) => known === type)),
  roleDefinitionId: z.string().min(1),
  condition: optionalText,
  conditionVersion: optionalText,
  description: optionalText,
  delegatedManagedIdentityResourceId: optionalText,
  createdOn: optionalText,
  createdBy: optionalText,
  updatedOn: optionalText,
});

/**
 * A role assignment from what Azure Resource Manager answers, or from an item of
 * `az role assignment list`.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseRoleAssignment(input: unknown): StoredRoleAssignment {
  return parseReply(roleAssignment, input, 'role assignment');
}
