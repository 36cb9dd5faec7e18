import { isGuid } from '@aml-auth/core';
import { roleDefinitionGuid, type RoleDefinition } from '@aml-auth/permissions';
import * as z from 'zod';

import { optionalText, parseReply, textList } from '../arm/parse-reply.js';
import { permissionEntries } from './permission-entry.js';

const roleDefinition: z.ZodType<RoleDefinition> = z
  .object({
    name: z.string().refine(isGuid),
    roleName: z.string().min(1),
    description: optionalText,
    roleType: optionalText,
    permissions: permissionEntries,
    assignableScopes: textList,
  })
  .transform(({ name, roleType, ...role }) => ({
    ...role,
    id: roleDefinitionGuid(name),
    roleType: roleType?.toLowerCase() === 'customrole' ? 'CustomRole' : 'BuiltInRole',
  }));

/**
 * A role definition from what Azure Resource Manager answers, or from an item of
 * `az role definition list`.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseRoleDefinition(input: unknown): RoleDefinition {
  return parseReply(roleDefinition, input, 'role definition');
}
