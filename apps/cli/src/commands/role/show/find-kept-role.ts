import { AmlAuthError } from '@aml-auth/core';
import { roleDefinitionGuid, type RoleDefinition } from '@aml-auth/permissions';

/**
 * A role among those that are kept: by its name in any case, its GUID, or a resource id that ends in it.
 *
 * @throws {AmlAuthError} `AML_NOT_FOUND`; `AML_AMBIGUOUS` where several have the name
 */
export function findKeptRole(roles: readonly RoleDefinition[], wanted: string): RoleDefinition {
  const text = wanted.trim().toLowerCase();
  const guid = roleDefinitionGuid(text.replace(/\/+$/, ''));
  const byId = roles.find(({ id }) => roleDefinitionGuid(id) === guid);
  const found =
    byId === undefined ? roles.filter(({ roleName }) => roleName.trim().toLowerCase() === text) : [byId];
  const [role, ...others] = found;
  if (role !== undefined && others.length === 0) return role;
  const shown = JSON.stringify(wanted.slice(0, 200));
  if (role === undefined) {
    throw new AmlAuthError({
      code: 'AML_NOT_FOUND',
      message: `There is no role ${shown} among the ${roles.length} that are kept.`,
      remedy:
        'See "aml-auth role list" with the same option, or ask Azure: leave --catalogue and --from out.',
    });
  }
  throw new AmlAuthError({
    code: 'AML_AMBIGUOUS',
    message: `Several roles are called ${shown}: ${found.map(({ id }) => id).join(', ')}.`,
    remedy: 'Give one of these ids.',
  });
}
