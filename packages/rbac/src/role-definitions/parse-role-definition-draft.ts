import { AmlAuthError, isGuid } from '@aml-auth/core';
import type { PermissionEntry } from '@aml-auth/permissions';
import * as z from 'zod';

import { roleGuidOf } from '../arm/role-id.js';
import type { RoleDefinitionDraft } from './role-definition-draft.js';

const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

// Strict: an exclusion whose name is misspelled would be left out, and the role would grant more.
const entry: z.ZodType<PermissionEntry> = z.strictObject({
  actions: texts,
  notActions: texts,
  dataActions: texts,
  notDataActions: texts,
  condition: text,
  conditionVersion: text,
});

const LISTS = ['actions', 'notActions', 'dataActions', 'notDataActions'] as const;
const anything = z.unknown().optional();

const role = z.strictObject({
  id: text,
  name: text,
  roleName: text,
  description: text,
  isCustom: z.boolean().nullish(),
  roleType: text,
  type: text,
  assignableScopes: texts,
  permissions: z.array(entry).nullish(),
  actions: texts,
  notActions: texts,
  dataActions: texts,
  notDataActions: texts,
  createdOn: anything,
  createdBy: anything,
  updatedOn: anything,
  updatedBy: anything,
});

/**
 * A custom role from JSON in any of the shapes that are about: that of Azure Resource Manager (`properties`), what
 * `az role definition list` prints, and the one-entry form that `az role definition create` and PowerShell take
 * (`Name`, `IsCustom`, `Actions` …). The first letter of a field may be upper or lower case.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a field that is unknown or of another type, for a role without a
 *   name, and for a built-in role
 */
export function parseRoleDefinitionDraft(input: unknown): RoleDefinitionDraft {
  const result = role.safeParse(flat(input));
  if (!result.success) throw invalid(describe(result.error.issues[0]));
  const given = result.data;
  if (given.isCustom === false || given.roleType?.toLowerCase() === 'builtinrole') {
    throw invalid('It says that it is a built-in role. Make it a custom one (IsCustom), without Id.');
  }
  const roleName = given.roleName ?? given.name;
  if (roleName === undefined) throw invalid('It has no name.');
  const id = idOf(given);
  return {
    ...(id === undefined ? {} : { id }),
    roleName,
    description: given.description,
    permissions: entriesOf(given),
    assignableScopes: given.assignableScopes,
  };
}

function entriesOf(given: z.infer<typeof role>): readonly PermissionEntry[] {
  const { permissions, actions, notActions, dataActions, notDataActions } = given;
  const hasLists = LISTS.some((name) => given[name].length > 0);
  if (permissions === undefined || permissions === null) {
    return [{ actions, notActions, dataActions, notDataActions }];
  }
  if (hasLists) throw invalid('It has both permissions and lists of actions beside them.');
  return permissions;
}

/** `name` is the GUID where the role is called by `roleName`; else it is what the role is called. */
function idOf({ id, name, roleName }: z.infer<typeof role>): string | undefined {
  if (id !== undefined && id !== '') {
    const guid = roleGuidOf(id);
    if (guid === undefined) throw invalid('Its id is neither a GUID nor the id of a role definition.');
    return guid;
  }
  return roleName !== undefined && name !== undefined && isGuid(name) ? name.toLowerCase() : undefined;
}

/** One object without `properties`; of the two fields `type`, the one in there is the kind of role. */
function flat(input: unknown): unknown {
  const outer = lowerFirst(input);
  if (!isObject(outer)) return outer;
  const { properties, ...rest } = outer;
  const inner = lowerFirst(properties);
  const { type, ...more } = isObject(inner) ? inner : {};
  const joined = { ...rest, ...more, ...(type === undefined ? {} : { roleType: type }) };
  const { permissions } = joined as { permissions?: unknown };
  return Array.isArray(permissions) ? { ...joined, permissions: permissions.map(lowerFirst) } : joined;
}

function lowerFirst(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key.slice(0, 1).toLowerCase() + key.slice(1), held]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'It cannot be read.';
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return `It has the unknown field ${[path, issue.keys[0]].filter(Boolean).join('.')}.`;
  }
  return path === '' ? 'It is no object.' : `${path} is missing or of another type.`;
}

function invalid(fault: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The role definition cannot be used. ${fault}`,
    remedy:
      'Give it as Azure Resource Manager or az role definition list shows it, or with Name, Description, Actions, NotActions, DataActions, NotDataActions and AssignableScopes.',
  });
}
