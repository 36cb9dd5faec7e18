import { AmlAuthError, isGuid } from '@aml-auth/core';
import type { PrincipalType } from '@aml-auth/permissions';
import * as z from 'zod';

/**
 * `planned` – was not there, and is not known to have been made yet; `created` – made; `existing` – was there
 * before, and is nobody's to take back.
 */
export type GrantOutcome = 'planned' | 'created' | 'existing';

/** One role at one scope. */
export interface AccessGrant {
  /** Resource id of the role assignment. Known before it is made: the name follows from what it assigns. */
  readonly id: string;
  /** Where the role is assigned: a resource id. */
  readonly scope: string;
  /** GUID. */
  readonly roleDefinitionId: string;
  /** Name of the role when the change was made. */
  readonly roleName: string;
  /** What became of it so far. */
  readonly outcome: GrantOutcome;
}

/**
 * What a change of access did, or is about to do. Plain data without a secret: kept as JSON, it takes the change
 * back later, in another process too.
 */
export interface AccessReceipt {
  readonly version: 1;
  /** Who got the access. */
  readonly principal: {
    /** Object id. */
    readonly objectId: string;
    readonly type: PrincipalType;
    readonly displayName?: string | undefined;
  };
  /** Every role of the change, in the order in which they are made. */
  readonly grants: readonly AccessGrant[];
  /** What may keep a role from working, in words. */
  readonly warnings: readonly string[];
}

const guid = z.string().refine(isGuid);

const receipt: z.ZodType<AccessReceipt> = z.object({
  version: z.literal(1),
  principal: z.object({
    objectId: guid,
    type: z.enum(['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device']),
    displayName: z.string().optional(),
  }),
  grants: z.array(
    z.object({
      id: z.string().min(1),
      scope: z.string().min(1),
      roleDefinitionId: guid,
      roleName: z.string(),
      outcome: z.enum(['planned', 'created', 'existing']),
    }),
  ),
  warnings: z.array(z.string()),
});

/**
 * A receipt that was kept, such as the JSON of a file.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseAccessReceipt(input: unknown): AccessReceipt {
  const result = receipt.safeParse(input);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `This is no receipt of shared access: ${path === '' ? 'it' : path} is missing or of another type.`,
    remedy: 'Give the receipt as it was handed out, or name workspace, principal and role instead.',
  });
}
