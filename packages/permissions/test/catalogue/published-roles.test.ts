import { existsSync, readFileSync } from 'node:fs';

import {
  actionMatches,
  builtInRoles,
  readRoleJson,
  type ActionMatchOptions,
  type PermissionEntry,
  type RoleDefinition,
} from '@aml-auth/permissions';
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

  it('are 928, every one of which can be read', () => {
    expect(published).toHaveLength(928);
    for (const role of published) {
      const { role: read, problems } = readRoleJson(JSON.stringify(role));
      expect(problems).toEqual([]);
      expect(read?.roleName).toBe(role.roleName);
      expect(lists(read!)).toEqual(lists(role));
    }
  });

  // 51 of them hang on the rule that no document states: without it they would grant something else.
  it('change in 51 roles where "*" between two slashes must stand for a segment', () => {
    const patterns = published.flatMap(({ permissions }) =>
      permissions.flatMap(({ actions, notActions }) => [...actions, ...notActions]),
    );
    const literals = new Set(patterns.map((one) => one.trim().toLowerCase()));
    const changed = published.filter(({ permissions }) => {
      const granted = (action: string, options: ActionMatchOptions) =>
        permissions.some(
          ({ actions, notActions }) =>
            actions.some((one) => actionMatches(one, action, options)) &&
            !notActions.some((one) => actionMatches(one, action, options)),
        );
      return permissions
        .flatMap(({ actions, notActions }) => [...actions, ...notActions])
        .filter((one) => one.includes('/*/'))
        .map((one) => one.replace('/*/', '/').trim().toLowerCase())
        .filter((action) => literals.has(action))
        .some((action) => granted(action, {}) !== granted(action, { strictSegments: true }));
    });
    expect(changed).toHaveLength(51);
  });
});
