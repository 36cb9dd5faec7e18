import { isGuid } from '@aml-auth/core';
import * as z from 'zod';

import type { SeedGraphPolicy, SeedPolicy } from './seed-policy.js';

const control = z.enum(['block', 'mfa', 'compliantDevice']);
const names = z.array(z.string().min(1)).min(1);
const properties = z.record(z.string(), z.unknown());

const shortPolicy = z.strictObject({
  name: z.string().min(1).max(256),
  state: z.enum(['enabled', 'disabled', 'report-only']).optional(),
  users: names,
  apps: names,
  grant: z.union([control, z.array(control).min(1)]).optional(),
  signInFrequency: z
    .string()
    .regex(/^(?:[1-9]\d{0,2}[hd]|every-time)$/, 'neither hours or days such as 4h and 7d nor every-time')
    .optional(),
  exclude: z.array(z.string().min(1)).optional(),
  locations: names.optional(),
  exceptLocations: names.optional(),
});

const wantsSomething = shortPolicy.refine(
  ({ grant, signInFrequency }) => grant !== undefined || signInFrequency !== undefined,
  { message: 'a policy needs grant or signInFrequency' },
);

const graphPolicy = z.strictObject({
  id: z.string().refine(isGuid, 'not a GUID').optional(),
  displayName: z.string().min(1).max(256),
  state: z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced']),
  conditions: properties,
  grantControls: properties.nullish(),
  sessionControls: properties.nullish(),
});

/** The form of a Conditional Access policy in a seed. */
export const policySchema: z.ZodType<SeedPolicy | SeedGraphPolicy> = z.union([wantsSomething, graphPolicy], {
  error: 'neither { name, users, apps, grant or signInFrequency } nor a policy as Microsoft Graph writes it',
});
