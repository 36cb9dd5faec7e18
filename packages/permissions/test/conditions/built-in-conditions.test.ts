import { existsSync, readFileSync } from 'node:fs';

import { parseCondition, printCondition } from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

const FILE = new URL('../../../../../shared/data/built-in-roles.json', import.meta.url);
const isThere = existsSync(FILE);

interface Role {
  readonly roleName: string;
  readonly permissions: readonly { readonly condition: string | null }[];
}

const roles = (isThere ? JSON.parse(readFileSync(FILE, 'utf8')) : []) as readonly Role[];
const conditions = roles.flatMap(({ roleName, permissions }) =>
  permissions.flatMap(({ condition }) => (condition === null ? [] : [[roleName, condition] as const])),
);

// Without the data of Azure's built-in roles beside the repository there is nothing to read.
describe.skipIf(!isThere)('the conditions of the built-in roles of Azure', () => {
  it('are all there', () => {
    expect(conditions).toHaveLength(31);
  });

  it.each(conditions)('of %s can be read and written', (_, text) => {
    const condition = parseCondition(text);
    expect(parseCondition(printCondition(condition))).toEqual(condition);
  });
});
