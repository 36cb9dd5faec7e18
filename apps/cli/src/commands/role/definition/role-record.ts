import type { RoleDefinition } from '@aml-auth/permissions';
import type { Cell } from '../../../output/print-table.js';

/** What people see of a role. */
export function roleRecord(role: RoleDefinition): Record<string, Cell> {
  const all = (part: 'actions' | 'notActions' | 'dataActions' | 'notDataActions'): string | undefined => {
    const operations = role.permissions.flatMap((entry) => entry[part]);
    return operations.length === 0 ? undefined : operations.join(', ');
  };
  return {
    name: role.roleName,
    id: role.id,
    type: role.roleType,
    description: role.description,
    actions: all('actions'),
    notActions: all('notActions'),
    dataActions: all('dataActions'),
    notDataActions: all('notDataActions'),
    assignableScopes: role.assignableScopes.join(', '),
  };
}
