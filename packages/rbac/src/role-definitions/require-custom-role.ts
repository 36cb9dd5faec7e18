import { AmlAuthError } from '@aml-auth/core';
import type { RoleDefinition } from '@aml-auth/permissions';

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` for a built-in role */
export function requireCustomRole({ roleType, roleName, id }: RoleDefinition, change: string): void {
  if (roleType === 'CustomRole') return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The role ${JSON.stringify(roleName)} (${id}) is built in and cannot be ${change}.`,
    remedy: 'Make a custom role of another name from it.',
  });
}
