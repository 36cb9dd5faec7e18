import type { PermissionEntry, RoleDefinition } from '../types.js';

/** A built-in role with one permission entry, assignable everywhere, as nearly all of them are. */
export function builtInRole(
  id: string,
  roleName: string,
  description: string,
  entry: Partial<PermissionEntry>,
): RoleDefinition {
  const permissions = [{ actions: [], notActions: [], dataActions: [], notDataActions: [], ...entry }];
  return { id, roleName, description, roleType: 'BuiltInRole', permissions, assignableScopes: ['/'] };
}
