import type { PrincipalType, RoleAssignment } from '@aml-auth/permissions';
import { z } from 'zod';

import { optionalText, parseReply } from '../arm/parse-reply.js';

const PRINCIPAL_TYPES: readonly PrincipalType[] = [
  'User',
  'Group',
  'ServicePrincipal',
  'ForeignGroup',
  'Device',
];

const roleAssignment: z.ZodType<RoleAssignment> = z.object({
  id: z.string().min(1),
  scope: z.string().min(1),
  principalId: z.string().min(1),
  // `Unknown` stands for a principal that has been deleted.
  principalType: optionalText.transform((type) => PRINCIPAL_TYPES.find((known) => known === type)),
  roleDefinitionId: z.string().min(1),
  condition: optionalText,
  conditionVersion: optionalText,
});

/**
 * A role assignment from what Azure Resource Manager answers, or from an item of
 * `az role assignment list`.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseRoleAssignment(input: unknown): RoleAssignment {
  return parseReply(roleAssignment, input, 'role assignment');
}
