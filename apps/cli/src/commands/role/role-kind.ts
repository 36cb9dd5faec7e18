import type { RoleDefinition } from '@aml-auth/permissions';

/** What people see of the kind of a role. */
export function roleKind({ roleType }: Pick<RoleDefinition, 'roleType'>): string {
  return roleType === 'BuiltInRole' ? 'built-in' : 'custom';
}
