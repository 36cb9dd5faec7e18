import type { DenyAssignment } from '@aml-auth/permissions';
import { z } from 'zod';

import { optionalText, parseReply } from '../arm/parse-reply.js';
import { permissionEntries } from '../role-definitions/permission-entry.js';

const principals = z
  .array(z.object({ id: z.string() }))
  .nullish()
  .transform((list) => list ?? []);

const denyAssignment: z.ZodType<DenyAssignment> = z.object({
  id: z.string().min(1),
  denyAssignmentName: optionalText.transform((name) => name ?? ''),
  scope: z.string().min(1),
  doNotApplyToChildScopes: z
    .boolean()
    .nullish()
    .transform((flag) => flag ?? false),
  permissions: permissionEntries,
  principals,
  excludePrincipals: principals,
  condition: optionalText,
});

/**
 * A deny assignment from what Azure Resource Manager answers.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseDenyAssignment(input: unknown): DenyAssignment {
  return parseReply(denyAssignment, input, 'deny assignment');
}
