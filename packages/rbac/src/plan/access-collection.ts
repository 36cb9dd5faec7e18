import { AmlAuthError } from '@aml-auth/core';
import * as z from 'zod';

import type { AccessState } from './access-state.js';

/** An operation that a resource provider publishes. */
export interface ProviderOperation {
  /** Such as `Microsoft.MachineLearningServices/workspaces/read`. */
  readonly name: string;
  /** Whether `dataActions` of a role grant it, and not `actions`. */
  readonly isDataAction: boolean;
  /** What it does, in words of the provider. */
  readonly displayName?: string | undefined;
}

/** Something that could not be read. */
export interface UncollectedPart {
  /** Such as `denyAssignments at /subscriptions/…`. */
  readonly part: string;
  /** Why, in words. */
  readonly reason: string;
}

/**
 * The access of a tenant, or a part of it, as plain JSON: every question of `@aml-auth/permissions`, and a plan, can
 * be answered from it without Azure.
 */
export interface AccessCollection extends AccessState {
  readonly format: 'aml-auth/access';
  readonly version: 1;
  /** ISO 8601. */
  readonly collectedAt: string;
  /** What was asked for: access at these scopes, above and below. */
  readonly scopes: readonly string[];
  /** Operations of resource providers; empty where they were not asked for. */
  readonly operations: readonly ProviderOperation[];
  /** Without deny assignments an `allowed` may be more than the service would allow; without members it may be missing. */
  readonly unreadable: readonly UncollectedPart[];
  /** Whether names and ids stand for others. */
  readonly isRedacted: boolean;
}

const optional = z.string().optional();
const texts = z.array(z.string());
const entries = z.array(
  z.object({
    actions: texts,
    notActions: texts,
    dataActions: texts,
    notDataActions: texts,
    condition: optional,
    conditionVersion: optional,
  }),
);
const assignments = z.array(
  z.object({
    id: z.string(),
    scope: z.string(),
    principalId: z.string(),
    principalType: z.enum(['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device']).optional(),
    roleDefinitionId: z.string(),
    condition: optional,
    conditionVersion: optional,
    description: optional,
    delegatedManagedIdentityResourceId: optional,
    createdOn: optional,
    createdBy: optional,
    updatedOn: optional,
  }),
);
const principals = z.array(z.object({ id: z.string() }));

const collection: z.ZodType<AccessCollection> = z.object({
  format: z.literal('aml-auth/access'),
  version: z.literal(1),
  collectedAt: z.string(),
  scopes: texts,
  roleDefinitions: z.array(
    z.object({
      id: z.string(),
      roleName: z.string(),
      description: optional,
      roleType: z.enum(['BuiltInRole', 'CustomRole']),
      permissions: entries,
      assignableScopes: texts,
    }),
  ),
  roleAssignments: assignments,
  denyAssignments: z
    .array(
      z.object({
        id: z.string(),
        denyAssignmentName: z.string(),
        scope: z.string(),
        doNotApplyToChildScopes: z.boolean(),
        permissions: entries,
        principals,
        excludePrincipals: principals,
        condition: optional,
      }),
    )
    .optional(),
  eligibleAssignments: assignments.optional(),
  activated: texts.optional(),
  classicAdministrators: z
    .array(z.object({ principalId: z.string(), role: z.string(), scope: z.string() }))
    .optional(),
  memberOf: z.record(z.string(), texts).optional(),
  parents: z.record(z.string(), z.string()).optional(),
  operations: z.array(z.object({ name: z.string(), isDataAction: z.boolean(), displayName: optional })),
  unreadable: z.array(z.object({ part: z.string(), reason: z.string() })),
  isRedacted: z.boolean(),
});

/**
 * A collection that was kept, from the text of its file.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseAccessCollection(text: string): AccessCollection {
  const result = collection.safeParse(read(text));
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.map(String).join('.') ?? '';
  throw invalid(`${path === '' ? 'it' : path} is missing or of another type`);
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('it is no JSON');
  }
}

function invalid(reason: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `This is no collection of access: ${reason}.`,
    remedy: 'Give the JSON of what collectAccess returned.',
  });
}
