import type { Emulator } from '@aml-auth/emulator';
import { builtInRoles } from '@aml-auth/permissions';
import { listRoleDefinitions, parseRoleDefinition } from '@aml-auth/rbac';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { clientOf, collect, roles, startDemo } from '../support/emulated.js';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startDemo();
});

afterAll(() => emulator.close());

describe('listRoleDefinitions', () => {
  const list = (part: { roleName?: string; filter?: string; scope?: string } = {}) =>
    collect(
      listRoleDefinitions(clientOf(emulator, 'platform-admin'), {
        scope: `/subscriptions/${emulator.subscription().id}/resourceGroups/rg-ml`,
        ...part,
      }),
    );

  it('reads built-in roles as they are', async () => {
    const found = await list();
    for (const role of builtInRoles) expect(found).toContainEqual(role);
  });

  it('lists custom roles where they can be assigned', async () => {
    const custom = { filter: "type eq 'CustomRole'" };
    expect(await list(custom)).toMatchObject([
      {
        roleName: "Job reader's role",
        roleType: 'CustomRole',
        permissions: [{ actions: ['Microsoft.MachineLearningServices/workspaces/jobs/read'] }],
      },
    ]);
    expect(await list({ ...custom, scope: `/subscriptions/${emulator.subscription().id}` })).toEqual([]);
  });

  it('finds a role by name, with quotes in it too', async () => {
    expect((await list({ roleName: 'owner' })).map(({ id }) => id)).toEqual([roles.owner]);
    expect(await list({ roleName: "Job reader's role", filter: "type eq 'CustomRole'" })).toHaveLength(1);
    expect(await list({ roleName: "x' and type eq 'BuiltInRole" })).toEqual([]);
  });
});

describe('parseRoleDefinition', () => {
  const properties = {
    roleName: 'Delegate',
    type: 'CustomRole',
    description: null,
    assignableScopes: ['/subscriptions/s1'],
    permissions: [
      { actions: ['*/read'], notActions: [] },
      { actions: ['*'], condition: 'x', conditionVersion: '2.0', dataActions: null },
    ],
    createdOn: '2026-01-01T00:00:00Z',
  };
  const id =
    '/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/ACDD72A7-3385-48EF-BD42-F606FBA81AE7';
  const name = 'ACDD72A7-3385-48EF-BD42-F606FBA81AE7';
  const type = 'Microsoft.Authorization/roleDefinitions';
  const expected = {
    id: roles.reader,
    roleName: 'Delegate',
    roleType: 'CustomRole',
    assignableScopes: ['/subscriptions/s1'],
    permissions: [
      { actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] },
      {
        actions: ['*'],
        notActions: [],
        dataActions: [],
        notDataActions: [],
        condition: 'x',
        conditionVersion: '2.0',
      },
    ],
  };

  it('keeps permission entries apart, with their conditions', () => {
    expect(parseRoleDefinition({ id, name, type, properties })).toEqual(expected);
  });

  it('reads what az role definition list prints', () => {
    const { type: roleType, ...rest } = properties;
    expect(parseRoleDefinition({ id, name, type, roleType, ...rest })).toEqual(expected);
  });

  it.each([
    ['no object', null],
    ['a role without a name', { name, properties: { ...properties, roleName: undefined } }],
    ['an id that is no GUID', { name: 'reader', properties }],
    [
      'a condition that is no text',
      { name, properties: { ...properties, permissions: [{ condition: {} }] } },
    ],
    [
      'actions that are no texts',
      { name, properties: { ...properties, permissions: [{ notActions: [1] }] } },
    ],
  ])('refuses %s rather than reading it as something else', (_what, input) => {
    expect(() => parseRoleDefinition(input)).toThrow(
      expect.objectContaining({ code: 'AML_RESPONSE_INVALID' }),
    );
  });
});
