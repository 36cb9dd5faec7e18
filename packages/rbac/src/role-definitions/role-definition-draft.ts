import { AmlAuthError } from '@aml-auth/core';
import { lintRole, type PermissionEntry } from '@aml-auth/permissions';

/** A custom role as somebody wants it. */
export interface RoleDefinitionDraft {
  /** GUID. Default: one that follows from the name and the first assignable scope. */
  readonly id?: string | undefined;
  /** 1 to 512 characters; unique in the tenant. */
  readonly roleName: string;
  /** At most 2,048 characters. */
  readonly description?: string | undefined;
  /** What it grants: one entry or more, each by itself. */
  readonly permissions: readonly PermissionEntry[];
  /** 1 to 2,000 resource ids, of subscriptions, resource groups, resources, and at most one management group. */
  readonly assignableScopes: readonly string[];
}

const MAX_SCOPES = 2_000;

/**
 * Refuses what Azure would refuse (Microsoft Learn, "Azure custom roles"), before anything is sent.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` that names every fault
 */
export function checkDraft(draft: RoleDefinitionDraft): void {
  const { roleName, description, permissions, assignableScopes } = draft;
  const faults = lintRole({ roleName, description, permissions, assignableScopes, roleType: 'CustomRole' })
    .filter(({ severity }) => severity === 'error')
    .map(({ message, part }) => (part === undefined ? message : `${message} (${part})`));
  if (roleName.trim() === '') faults.push('It has no name.');
  if (permissions.length === 0) faults.push('It has no permissions.');
  if (assignableScopes.length > MAX_SCOPES) faults.push('It has more than 2,000 assignable scopes.');
  if (faults.length === 0) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The role ${JSON.stringify(roleName.slice(0, 100))} cannot be a custom role. ${faults.join(' ')}`,
    remedy: 'Correct the role definition; lintRole of @aml-auth/permissions checks it offline.',
  });
}

/** The body of a PUT. */
export function bodyOfDraft(draft: RoleDefinitionDraft): Record<string, unknown> {
  const { roleName, description = '', permissions, assignableScopes } = draft;
  return { properties: { roleName, description, type: 'CustomRole', permissions, assignableScopes } };
}
