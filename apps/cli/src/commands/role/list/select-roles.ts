import type { RoleDefinition } from '@aml-auth/permissions';

/** Which roles are wanted. */
export interface RoleSelection {
  /** Words that must each stand in the name, the id or the description, in any case. */
  readonly search?: string | undefined;
  readonly customOnly: boolean;
}

/** The roles that are wanted, in the order of their names. */
export function selectRoles(
  roles: readonly RoleDefinition[],
  { search = '', customOnly }: RoleSelection,
): readonly RoleDefinition[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return roles
    .filter(({ roleName, id, description = '', roleType }) => {
      const text = `${roleName}\n${id}\n${description}`.toLowerCase();
      return (!customOnly || roleType === 'CustomRole') && words.every((word) => text.includes(word));
    })
    .sort((a, b) => a.roleName.localeCompare(b.roleName, 'en'));
}
