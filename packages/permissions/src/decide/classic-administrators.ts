import type { ClassicAdministrator, RoleAssignment, RoleDefinition } from '../types.js';

/** What a service administrator or co-administrator has: as an owner of the subscription. Its id is no GUID, so no role can take its place. */
export const CLASSIC_ADMINISTRATOR: RoleDefinition = {
  id: 'classic-administrator',
  roleName: 'Classic administrator',
  roleType: 'BuiltInRole',
  permissions: [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }],
  assignableScopes: ['/'],
};

const WITH_ACCESS: ReadonlySet<string> = new Set(['serviceadministrator', 'coadministrator']);

/**
 * Classic administrators as role assignments (Microsoft Learn, "Azure classic subscription administrators"):
 * deny assignments beat them like any other, and they carry no condition.
 */
export function classicAssignments(
  administrators: readonly ClassicAdministrator[] | undefined,
): readonly RoleAssignment[] {
  return (administrators ?? [])
    .filter(({ role }) => role.split(';').some((one) => WITH_ACCESS.has(one.trim().toLowerCase())))
    .map(({ principalId, scope }) => ({
      id: `${scope}/providers/Microsoft.Authorization/classicAdministrators/${principalId}`,
      scope,
      principalId,
      principalType: 'User',
      roleDefinitionId: CLASSIC_ADMINISTRATOR.id,
    }));
}
