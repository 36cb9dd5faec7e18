import type { PermissionEntry, RoleDefinition } from '@aml-auth/permissions';

import type { RoleDefinitionDraft } from './role-definition-draft.js';

/** A part of a role definition that can be changed. */
export type RolePart = 'roleName' | 'description' | 'permissions' | 'assignableScopes';

/** In which parts a role is not as it is wanted. Order and case of patterns and scopes do not count. */
export function differences(role: RoleDefinition, draft: RoleDefinitionDraft): readonly RolePart[] {
  const parts: readonly (readonly [RolePart, boolean])[] = [
    ['roleName', role.roleName === draft.roleName],
    ['description', (role.description ?? '') === (draft.description ?? '')],
    ['permissions', textOf(role.permissions) === textOf(draft.permissions)],
    ['assignableScopes', sorted(role.assignableScopes) === sorted(draft.assignableScopes)],
  ];
  return parts.filter(([, isSame]) => !isSame).map(([part]) => part);
}

function textOf(entries: readonly PermissionEntry[]): string {
  return entries.map(entryText).sort().join('\n');
}

function entryText(entry: PermissionEntry): string {
  const { actions, notActions, dataActions, notDataActions, condition = '', conditionVersion } = entry;
  const version = condition.trim() === '' ? '' : (conditionVersion ?? '2.0');
  const lists = [actions, notActions, dataActions, notDataActions].map(sorted);
  return JSON.stringify([...lists, condition.trim(), version]);
}

function sorted(texts: readonly string[]): string {
  const plain = texts.map((text) =>
    text
      .trim()
      .replace(/(.)\/+$/, '$1')
      .toLowerCase(),
  );
  return JSON.stringify([...new Set(plain)].sort());
}
