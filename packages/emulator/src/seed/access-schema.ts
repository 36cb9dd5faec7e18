import { isGuid } from '@aml-auth/core';
import { parseCondition } from '@aml-auth/permissions';
import * as z from 'zod';

import type {
  SeedClassicAdministrator,
  SeedDenyAssignment,
  SeedManagementGroup,
  SeedRoleAssignment,
  SeedRoleDefinition,
} from './seed-access.js';
import { nameSchema } from './name-schema.js';
import { seedTimeSchema } from './seed-time.js';

const guid = z
  .string()
  .refine(isGuid, 'not a GUID')
  .transform((value) => value.toLowerCase());
const actions = z.array(z.string().min(1)).optional();

/** The form of an entry of `managementGroups` in a seed. */
export const managementGroupSchema: z.ZodType<SeedManagementGroup> = z.strictObject({
  name: z
    .string()
    .regex(
      /^[\w().-]{1,89}[\w()-]$|^[\w()-]$/,
      'a management group name has up to 90 letters, digits, -, _, (, ) and .',
    ),
  displayName: z.string().min(1).max(90).optional(),
  parent: z.string().optional(),
  subscriptions: z.array(z.string()).optional(),
  tenant: z.string().optional(),
});

/** The form of an entry of `denyAssignments` in a seed. */
export const denyAssignmentSchema: z.ZodType<SeedDenyAssignment> = z.strictObject({
  name: z.string().min(1).max(512),
  id: guid.optional(),
  description: z.string().max(2048).optional(),
  scope: z.string(),
  actions,
  notActions: actions,
  dataActions: actions,
  notDataActions: actions,
  principals: z.array(z.string()).min(1).optional(),
  excludePrincipals: z.array(z.string()).optional(),
  doNotApplyToChildScopes: z.boolean().optional(),
  isSystemProtected: z.boolean().optional(),
});

/** The form of a classic administrator of a subscription in a seed. */
export const classicAdministratorSchema: z.ZodType<SeedClassicAdministrator> = z.strictObject({
  email: z.string().min(3).max(320),
  role: z.enum(['AccountAdministrator', 'ServiceAdministrator', 'CoAdministrator']).optional(),
});

const condition = z
  .string()
  .refine((text) => conditionProblem(text) === undefined, {
    error: ({ input }) => conditionProblem(String(input)) ?? '',
  })
  .optional();

const permission = z.strictObject({
  actions,
  notActions: actions,
  dataActions: actions,
  notDataActions: actions,
  condition,
});

/** The form of a custom role in a seed. */
export const roleDefinitionSchema: z.ZodType<SeedRoleDefinition> = z
  .strictObject({
    ...permission.omit({ condition: true }).shape,
    name: nameSchema.max(512),
    id: guid.optional(),
    description: z.string().max(2048).optional(),
    permissions: z.array(permission).min(1).optional(),
    assignableScopes: z.array(z.string()).min(1),
  })
  .refine(({ permissions, actions: a, notActions: b, dataActions: c, notDataActions: d }) => {
    return permissions === undefined || [a, b, c, d].every((list) => list === undefined);
  }, 'it has permissions and lists of actions; give one of the two');

/** The form of a role assignment in a seed. */
export const roleAssignmentSchema: z.ZodType<SeedRoleAssignment> = z
  .strictObject({
    principal: z.string(),
    role: z.string(),
    scope: z.string(),
    description: z.string().max(2048).optional(),
    condition,
    eligible: z.boolean().optional(),
    starts: seedTimeSchema.optional(),
    ends: seedTimeSchema.optional(),
  })
  .refine(({ eligible, starts, ends }) => eligible === true || (starts === undefined && ends === undefined), {
    message: 'starts and ends are for an eligible assignment only',
  });

function conditionProblem(text: string): string | undefined {
  try {
    parseCondition(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
