import type { PermissionEntry, PrincipalType } from '@aml-auth/permissions';
import { isGuid } from '@aml-auth/core';
import * as z from 'zod';

import { isScope } from './is-scope.js';

/** A custom role that should be there. */
export interface WantedRole {
  /** GUID. Default: the one that a role of this name has, else one that follows from name and first scope. */
  readonly id?: string | undefined;
  /** 1 to 512 characters; unique in the tenant. */
  readonly name: string;
  /** For people; at most 2,048 characters. Default: none. */
  readonly description?: string | undefined;
  /** What it grants: each entry by itself. */
  readonly permissions: readonly PermissionEntry[];
  /** Where it may be assigned, and below: 1 to 2,000 resource ids. */
  readonly assignableScopes: readonly string[];
}

/** A role assignment that should be there. */
export interface WantedAssignment {
  /** Object id. */
  readonly principalId: string;
  /** What kind of principal it is; Azure refuses a wrong one. */
  readonly principalType: PrincipalType;
  /** Name or GUID of the role: one of the file, a built-in one or another. */
  readonly role: string;
  /** Where the role is assigned: a resource id, at or below a scope of the file. */
  readonly scope: string;
  /** A condition in the language of Azure ABAC, version 2.0. Default: none. */
  readonly condition?: string | undefined;
  /** For people; at most 2,048 characters. Default: none. */
  readonly description?: string | undefined;
}

/** The access that should be, as a file says it. */
export interface AccessFile {
  readonly version: 1;
  /** What the file owns: assignments at these scopes and below, and roles whose assignable scopes all are. */
  readonly scopes: readonly string[];
  /** Whether what is owned and not wanted is to be deleted. Default false: it is reported only. */
  readonly prune: boolean;
  /** Custom roles that should be there; empty where the file has none. */
  readonly roles: readonly WantedRole[];
  /** Role assignments that should be there; empty where the file has none. */
  readonly assignments: readonly WantedAssignment[];
}

const scope = z.string().refine(isScope, 'is no scope: give a resource id such as /subscriptions/{id}');
const guid = z.string().refine(isGuid, 'is no GUID');
const patterns = z.array(z.string().min(1)).default([]);
const entryShape = {
  actions: patterns,
  notActions: patterns,
  dataActions: patterns,
  notDataActions: patterns,
};

const entry = z.strictObject({
  ...entryShape,
  condition: z.string().optional(),
  conditionVersion: z.string().optional(),
});

const role = z
  .strictObject({
    id: guid.optional(),
    name: z.string().min(1),
    description: z.string().optional(),
    ...entryShape,
    permissions: z.array(entry).min(1).optional(),
    assignableScopes: z.array(scope).min(1),
  })
  .refine((one) => one.permissions === undefined || listsOf(one).every((list) => list.length === 0), {
    message: 'has both "permissions" and lists of its own: give one of the two',
  })
  .transform(({ permissions, actions, notActions, dataActions, notDataActions, ...rest }): WantedRole => ({
    ...rest,
    permissions: permissions ?? [{ actions, notActions, dataActions, notDataActions }],
  }));

const named = z.strictObject({
  principal: z.string().min(1),
  role: z.string().min(1),
  scope,
  condition: z.string().optional(),
  description: z.string().max(2_048).optional(),
});

const given = named.omit({ principal: true }).extend({
  principalId: guid,
  principalType: z.enum(['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device']),
});

/** An assignment as it stands in a file: to a principal by object id and type, or by name or any other id. */
export type WrittenAssignment =
  | WantedAssignment
  | (Omit<WantedAssignment, 'principalId' | 'principalType'> & { readonly principal: string });

/** A file as it is written. */
export type WrittenAccessFile = Omit<AccessFile, 'assignments'> & {
  readonly assignments: readonly WrittenAssignment[];
};

/** One of the two kinds is chosen first, so that an error is about what was meant. */
const assignment = z.record(z.string(), z.unknown()).transform((one, context): WrittenAssignment => {
  const result = ('principal' in one ? named : given).safeParse(one);
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.addIssue({ ...issue });
  return z.NEVER;
});

/** The form of the file. Unknown fields are refused: a misspelt condition must not be left out. */
export const accessFileSchema: z.ZodType<WrittenAccessFile> = z.strictObject({
  version: z.literal(1),
  scopes: z.array(scope).min(1),
  prune: z.boolean().default(false),
  roles: z.array(role).default([]),
  assignments: z.array(assignment).default([]),
});

function listsOf({
  actions,
  notActions,
  dataActions,
  notDataActions,
}: PermissionEntry): readonly (readonly string[])[] {
  return [actions, notActions, dataActions, notDataActions];
}
