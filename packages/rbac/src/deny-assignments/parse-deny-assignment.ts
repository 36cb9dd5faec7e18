import type { DenyAssignment } from '@aml-auth/permissions';
import * as z from 'zod';

import { optionalText, parseReply } from '../arm/parse-reply.js';
import { permissionEntries } from '../role-definitions/permission-entry.js';

/** A deny assignment as Azure keeps it: what decides, and what is only told. */
export interface StoredDenyAssignment extends DenyAssignment {
  /** What it is for, in its author's words. */
  readonly description?: string | undefined;
  /** Whether Azure made it, for a managed application, a deployment stack and such: then nobody else can change it. */
  readonly isSystemProtected: boolean;
}

const principals = z
  .array(z.object({ id: z.string() }))
  .nullish()
  .transform((list) => list ?? []);

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

const denyAssignment: z.ZodType<StoredDenyAssignment> = z.object({
  id: z.string().min(1),
  denyAssignmentName: optionalText.transform((name) => name ?? ''),
  scope: z.string().min(1),
  doNotApplyToChildScopes: flag,
  permissions: permissionEntries,
  principals,
  excludePrincipals: principals,
  condition: optionalText,
  description: optionalText,
  isSystemProtected: flag,
});

/**
 * A deny assignment from what Azure Resource Manager answers.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID`
 */
export function parseDenyAssignment(input: unknown): StoredDenyAssignment {
  return parseReply(denyAssignment, input, 'deny assignment');
}
