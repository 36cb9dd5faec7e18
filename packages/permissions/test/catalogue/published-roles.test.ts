import { existsSync, readFileSync } from 'node:fs';

import { builtInRoles, type PermissionEntry, type RoleDefinition } from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

const FILE = new URL('../../../../../shared/data/built-in-roles.json', import.meta.url);
const isThere = existsSync(FILE);

interface Published {
  readonly name: string;
  readonly roleName: string;
  readonly permissions: readonly PermissionEntry[];
}

const lists = ({ permissions }: Pick<RoleDefinition, 'permissions'>) =>
  permissions.map(({ actions, notActions, dataActions, notDataActions }) =>
    [actions, notActions, dataActions, notDataActions].map((list) => list.map((one) => one.trim())),
  );

describe.skipIf(!isThere)('builtInRoles beside the roles that Azure lists (../shared/data)', () => {
  const published = isThere ? (JSON.parse(readFileSync(FILE, 'utf8')) as readonly Published[]) : [];

  it.each(builtInRoles.map((role) => [role.roleName, role] as const))('%s is the same', (roleName, role) => {
    const known = published.find(({ name }) => name === role.id)!;
    expect(known.roleName).toBe(roleName);
    expect(lists(role)).toEqual(lists(known));
  });
});
