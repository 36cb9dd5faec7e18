import { isGuid } from '@aml-auth/core';
import { z } from 'zod';

import type { EmulatorSeed } from './emulator-seed.js';

/** One path segment or label; `/`, control characters and blanks at the ends would make ids ambiguous. */
const name = z
  .string()
  .regex(/^[^\s/\\\p{Cc}](?:[^/\\\p{Cc}]*[^\s/\\\p{Cc}])?$/u, 'a name has no slash and no blank at its ends')
  .max(260);
const guid = z
  .string()
  .refine(isGuid, 'not a GUID')
  .transform((value) => value.toLowerCase());
const tags = z.record(z.string(), z.string());
const domain = z.string().regex(/^[a-z\d-]+(\.[a-z\d-]+)+$/i, 'not a domain name');

const user = z.strictObject({
  upn: z.string().regex(/^[^\s@/]+@[a-z\d.-]+$/i, 'not a user principal name such as alice@contoso'),
  name: name.optional(),
  id: guid.optional(),
});

const group = z.strictObject({
  name,
  id: guid.optional(),
  members: z.array(z.string()).optional(),
});

const secret = z.strictObject({
  value: z.string().min(1),
  name: name.optional(),
  expires: z
    .string()
    .refine((value) => /^[+-]\d{1,6}[dhms]$/.test(value) || !Number.isNaN(Date.parse(value)), {
      message: 'neither a span such as +90d nor an ISO 8601 time',
    })
    .optional(),
});

const app = z.strictObject({
  name,
  clientId: guid.optional(),
  objectId: guid.optional(),
  servicePrincipalId: guid.optional(),
  secrets: z.array(secret).optional(),
  tokenLifetime: z.int().min(60).max(86_400).optional(),
});

const tenant = z.strictObject({
  name: z.string().regex(/^[a-z\d-]+$/i, 'a tenant name has letters, digits and dashes only'),
  id: guid.optional(),
  domains: z.array(domain).optional(),
  users: z.array(user).optional(),
  groups: z.array(group).optional(),
  apps: z.array(app).optional(),
});

const workspace = z.strictObject({
  name: z.string().regex(/^[a-z\d][\w-]{2,32}$/i, 'a workspace name has 3 to 33 letters, digits, - and _'),
  location: name.optional(),
  kind: name.optional(),
  identity: z.enum(['system', 'none']).optional(),
  tags: tags.optional(),
});

const resourceGroup = z.strictObject({
  name,
  location: name.optional(),
  tags: tags.optional(),
  workspaces: z.array(workspace).optional(),
});

const subscription = z.strictObject({
  name,
  id: guid.optional(),
  tenant: z.string().optional(),
  resourceGroups: z.array(resourceGroup).optional(),
});

const actions = z.array(z.string().min(1)).optional();

const roleDefinition = z.strictObject({
  name: name.max(512),
  id: guid.optional(),
  description: z.string().max(2048).optional(),
  actions,
  notActions: actions,
  dataActions: actions,
  notDataActions: actions,
  assignableScopes: z.array(z.string()).min(1),
});

const roleAssignment = z.strictObject({ principal: z.string(), role: z.string(), scope: z.string() });

/** The form of a seed. */
export const seedSchema: z.ZodType<EmulatorSeed> = z.strictObject({
  version: z.literal(1).optional(),
  tenants: z.array(tenant).min(1),
  subscriptions: z.array(subscription).optional(),
  roleDefinitions: z.array(roleDefinition).optional(),
  roleAssignments: z.array(roleAssignment).optional(),
});
