import type { Emulator, EmulatorSnapshot } from '@aml-auth/emulator';
import { builtInRoles } from '@aml-auth/permissions';
import {
  createRoleAssignment,
  createRoleDefinition,
  deleteRoleAssignment,
  deleteRoleDefinition,
  getRoleDefinition,
  listRoleDefinitions,
  parseRoleDefinition,
  parseRoleDefinitionDraft,
  updateRoleDefinition,
  type RoleDefinitionDraft,
} from '@aml-auth/rbac';
import type { ArmClient } from '@aml-auth/rest';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { clientOf, collect, roles, startDemo } from '../support/emulated.js';

let emulator: Emulator;
let start: EmulatorSnapshot;
let arm: ArmClient;
let subscription: string;
let draft: RoleDefinitionDraft;

beforeAll(async () => {
  emulator = await startDemo();
  start = emulator.snapshot();
  arm = clientOf(emulator, 'platform-admin');
  subscription = `/subscriptions/${emulator.subscription().id}`;
  draft = {
    roleName: 'Job runner',
    description: 'Runs jobs',
    permissions: [
      {
        actions: [
          'Microsoft.MachineLearningServices/workspaces/*/read',
          'Microsoft.MachineLearningServices/workspaces/jobs/*',
        ],
        notActions: ['Microsoft.MachineLearningServices/workspaces/jobs/delete'],
        dataActions: [],
        notDataActions: [],
      },
    ],
    assignableScopes: [subscription],
  };
});

beforeEach(() => {
  emulator.restore(start);
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

const customRoles = () =>
  collect(listRoleDefinitions(arm, { scope: subscription, filter: "type eq 'CustomRole'" }));
const writes = (): number =>
  emulator.requests.filter(({ method, path }) => method !== 'GET' && path.includes('roleDefinitions')).length;

describe('getRoleDefinition', () => {
  it.each([
    ['its GUID', roles.scientist.toUpperCase()],
    ['a resource id', `/providers/Microsoft.Authorization/roleDefinitions/${roles.scientist}`],
    ['its name', 'azureml data scientist'],
  ])('finds a role by %s', async (_what, role) => {
    expect(await getRoleDefinition(arm, { scope: subscription, role })).toMatchObject({
      id: roles.scientist,
    });
  });

  it('finds a renamed role by its former name', async () => {
    const guid = '53ca6127-db72-4b80-b1b0-d745d6d5456d';
    const current: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      return request.url.includes(`/roleDefinitions/${guid}`)
        ? Response.json({ name: guid, properties: { roleName: 'Foundry User', type: 'BuiltInRole' } })
        : emulator.fetch(request);
    };
    const client = clientOf(emulator, 'platform-admin', current);
    expect(await getRoleDefinition(client, { scope: subscription, role: 'Azure AI User' })).toMatchObject({
      id: guid,
      roleName: 'Foundry User',
    });
  });

  it.each([
    ['a name', 'Emperor'],
    ['a GUID', '11111111-2222-4333-8444-555555555555'],
  ])('says that there is no role of %s', async (_what, role) => {
    await expect(getRoleDefinition(arm, { scope: subscription, role })).rejects.toMatchObject({
      code: 'AML_NOT_FOUND',
      message: expect.stringContaining(role) as string,
    });
  });

  it('does not choose between roles of one name', async () => {
    const twice: typeof fetch = async (input, init) => {
      const response = await emulator.fetch(input, init);
      if (!response.url.includes('filter') && !new Request(input, init).url.includes('filter'))
        return response;
      const { value } = (await response.json()) as { value: Record<string, unknown>[] };
      return Response.json({ value: [...value, ...value.map((role) => ({ ...role, name: roles.reader }))] });
    };
    const client = clientOf(emulator, 'platform-admin', twice);
    await expect(getRoleDefinition(client, { scope: subscription, role: 'Owner' })).rejects.toMatchObject({
      code: 'AML_AMBIGUOUS',
      message: expect.stringContaining(`${roles.owner}, ${roles.reader}`) as string,
    });
  });

  it.each(['', ' ', '/subscriptions/s1', `/x/roleAssignments/${roles.owner}`])('refuses %j', async (role) => {
    await expect(getRoleDefinition(arm, { scope: subscription, role })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });
});

describe('createRoleDefinition', () => {
  it('creates a role once, under an id that follows from name and scope', async () => {
    const first = await createRoleDefinition(arm, draft);
    expect(first).toMatchObject({ created: true, role: { ...draft, roleType: 'CustomRole' } });
    const before = writes();
    const again = await createRoleDefinition(arm, {
      ...draft,
      permissions: [{ ...draft.permissions[0]!, actions: [...draft.permissions[0]!.actions].reverse() }],
      assignableScopes: [`${subscription.toUpperCase()}/`],
    });
    expect(again).toEqual({ role: first.role, created: false });
    expect(writes()).toBe(before);
    emulator.restore(start);
    expect((await createRoleDefinition(arm, draft)).role.id).toBe(first.role.id);
  });

  it('takes a role that was made elsewhere for it where it is the same', async () => {
    const id = crypto.randomUUID();
    await createRoleDefinition(arm, { ...draft, id });
    expect(await createRoleDefinition(arm, draft)).toMatchObject({ role: { id }, created: false });
  });

  it('never changes a role of that name that is another', async () => {
    const { role } = await createRoleDefinition(arm, draft);
    const other = { ...draft, description: 'x', permissions: [{ ...draft.permissions[0]!, notActions: [] }] };
    await expect(createRoleDefinition(arm, other)).rejects.toMatchObject({
      code: 'AML_CONFLICT',
      message: expect.stringContaining('differs in description, permissions') as string,
      remedy: expect.stringContaining('updateRoleDefinition') as string,
    });
    await expect(createRoleDefinition(arm, { ...draft, roleName: 'reader' })).rejects.toMatchObject({
      code: 'AML_CONFLICT',
      remedy: expect.stringContaining('built in') as string,
    });
    expect(await customRoles()).toEqual([role]);
  });

  it('says so where a role of that name is elsewhere in the tenant', async () => {
    const elsewhere = {
      assignableScopes: [`${subscription}/resourceGroups/rg-ml2`],
      roleName: "Job reader's role",
    };
    await expect(createRoleDefinition(arm, { ...draft, ...elsewhere })).rejects.toMatchObject({
      code: 'AML_CONFLICT',
      armCode: 'RoleDefinitionWithSameNameExists',
      message: expect.stringContaining('exists in the tenant, and cannot be assigned at') as string,
    });
  });

  it('keeps the condition of a permission', async () => {
    const condition = "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEquals 'User'";
    const permissions = [{ ...draft.permissions[0]!, condition, conditionVersion: '2.0' }];
    const { role } = await createRoleDefinition(arm, { ...draft, permissions });
    expect(role.permissions).toEqual(permissions);
    const { role: renamed } = await updateRoleDefinition(arm, {
      scope: subscription,
      role: role.id,
      roleName: 'Job runner 2',
    });
    expect(renamed.permissions).toEqual(permissions);
    // The stable api-version leaves conditions of permissions out.
    const puts = emulator.requests.filter(({ method, path }) => method === 'PUT' && path.includes(role.id));
    expect(puts.slice(-2).map(({ path }) => path.split('=').at(-1))).toEqual([
      '2022-05-01-preview',
      '2022-05-01-preview',
    ]);
  });

  it.each<[string, Partial<RoleDefinitionDraft>, string]>([
    ['no name', { roleName: ' ' }, 'no name'],
    ['a long name', { roleName: 'x'.repeat(513) }, '512'],
    ['no permissions', { permissions: [] }, 'no permissions'],
    ['no scope', { assignableScopes: [] }, 'no assignable scope'],
    ['the root as scope', { assignableScopes: ['/'] }, 'root'],
    [
      'two wildcards in a pattern',
      { permissions: [{ actions: ['a/*/b/*'], notActions: [], dataActions: [], notDataActions: [] }] },
      'a/*/b/*',
    ],
    ['an id that is no GUID', { id: 'x' }, 'id'],
  ])('refuses %s before it sends anything', async (_what, part, message) => {
    const sent = emulator.requests.length;
    await expect(createRoleDefinition(arm, { ...draft, ...part })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining(message) as string,
    });
    expect(emulator.requests).toHaveLength(sent);
  });

  it('hands on what the service refuses', async () => {
    await expect(createRoleDefinition(clientOf(emulator, 'auditor'), draft)).rejects.toMatchObject({
      code: 'AML_FORBIDDEN',
    });
  });
});

describe('updateRoleDefinition', () => {
  it('changes what is given, keeps the rest, and tells what was before', async () => {
    const { role: before } = await createRoleDefinition(arm, draft);
    const result = await updateRoleDefinition(arm, {
      scope: subscription,
      role: 'job RUNNER',
      description: 'Runs jobs, and more',
    });
    expect(result).toEqual({
      role: { ...before, description: 'Runs jobs, and more' },
      before,
      changed: true,
    });
    const { roleName, description, permissions, assignableScopes } = result.before;
    const back = { roleName, description, permissions, assignableScopes };
    const undone = await updateRoleDefinition(arm, { scope: subscription, role: before.id, ...back });
    expect(undone.role).toEqual(before);
  });

  it('writes nothing where nothing changes', async () => {
    const { role } = await createRoleDefinition(arm, draft);
    const before = writes();
    expect(await updateRoleDefinition(arm, { scope: subscription, role: role.id, ...draft })).toMatchObject({
      changed: false,
    });
    expect(writes()).toBe(before);
  });

  it('refuses a built-in role, a missing one, and what Azure would refuse', async () => {
    const update = (role: string, part: Partial<RoleDefinitionDraft> = { description: 'x' }) =>
      updateRoleDefinition(arm, { scope: subscription, role, ...part });
    await expect(update('Reader')).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    await expect(update('Nobody')).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
    await createRoleDefinition(arm, draft);
    await expect(update('Job runner', { assignableScopes: [] })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });
});

describe('deleteRoleDefinition', () => {
  it('deletes a role once, and hands back what it was', async () => {
    const { role } = await createRoleDefinition(arm, draft);
    expect(await deleteRoleDefinition(arm, { scope: subscription, role: draft.roleName })).toEqual(role);
    expect(await deleteRoleDefinition(arm, { scope: subscription, role: role.id })).toBeUndefined();
    expect(await customRoles()).toEqual([]);
  });

  it('names the assignments that stand in the way', async () => {
    const { role } = await createRoleDefinition(arm, draft);
    const { assignment } = await createRoleAssignment(arm, {
      scope: emulator.workspace().id,
      principalId: emulator.app('trainer').objectId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: role.id,
    });
    const remove = () => deleteRoleDefinition(arm, { scope: subscription, role: role.id });
    await expect(remove()).rejects.toMatchObject({
      armCode: 'RoleDefinitionHasAssignments',
      message: expect.stringContaining(assignment.id) as string,
    });
    await deleteRoleAssignment(arm, assignment);
    expect(await remove()).toEqual(role);
  });

  it('refuses a built-in role', async () => {
    await expect(deleteRoleDefinition(arm, { scope: subscription, role: roles.owner })).rejects.toMatchObject(
      { code: 'AML_CONFIG_INVALID', message: expect.stringContaining('deleted') as string },
    );
  });
});

describe('parseRoleDefinitionDraft', () => {
  const lists = { actions: ['*/read'], notActions: ['a/b/read'], dataActions: [], notDataActions: [] };
  const expected = {
    roleName: 'Job reader',
    description: 'Reads',
    permissions: [lists],
    assignableScopes: ['/subscriptions/s1'],
  };
  const { roleName, ...rest } = expected;
  const id = roles.reader;

  it.each<[string, unknown, string | undefined]>([
    [
      'PowerShell and az role definition create',
      {
        Name: 'Job reader',
        Id: null,
        IsCustom: true,
        Description: 'Reads',
        Actions: lists.actions,
        NotActions: lists.notActions,
        DataActions: [],
        AssignableScopes: rest.assignableScopes,
      },
      undefined,
    ],
    [
      'az with permissions',
      {
        Name: 'Job reader',
        Description: 'Reads',
        Permissions: [{ Actions: lists.actions, NotActions: lists.notActions }],
        AssignableScopes: rest.assignableScopes,
      },
      undefined,
    ],
    [
      'az role definition list',
      {
        ...rest,
        roleName,
        name: id,
        id: `/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/${id}`,
        roleType: 'CustomRole',
        type: 'Microsoft.Authorization/roleDefinitions',
        createdOn: null,
      },
      id,
    ],
    [
      'Azure Resource Manager',
      {
        name: id,
        type: 'Microsoft.Authorization/roleDefinitions',
        properties: { ...rest, roleName, type: 'CustomRole', createdBy: 'x' },
      },
      id,
    ],
    ['ourselves', expected, undefined],
  ])('reads the form of %s', (_what, input, guid) => {
    expect(parseRoleDefinitionDraft(input)).toEqual(
      guid === undefined ? expected : { ...expected, id: guid },
    );
  });

  it('creates what it reads', async () => {
    const { role } = await createRoleDefinition(
      arm,
      parseRoleDefinitionDraft({ Name: 'Tiny', Actions: ['*/read'], AssignableScopes: [subscription] }),
    );
    expect(role).toMatchObject({ roleName: 'Tiny', permissions: [{ actions: ['*/read'], notActions: [] }] });
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'no object'],
    ['no name', { Actions: ['*'] }, 'no name'],
    ['a misspelled exclusion', { Name: 'x', NotAction: ['a/b/write'] }, 'unknown field notAction'],
    [
      'one inside',
      { Name: 'x', permissions: [{ actions: ['*'], notActionss: [] }] },
      'permissions.0.notActionss',
    ],
    ['actions that are no list', { Name: 'x', Actions: '*' }, 'actions'],
    ['both forms at once', { Name: 'x', Actions: ['*'], permissions: [{ actions: ['*/read'] }] }, 'both'],
    ['a built-in role', { Name: 'x', IsCustom: false }, 'built-in'],
    ['a built-in role of ARM', { name: id, properties: { roleName, type: 'BuiltInRole' } }, 'built-in'],
    ['an id of something else', { Name: 'x', Id: '/subscriptions/s1' }, 'Its id'],
  ])('refuses %s', (_what, input, message) => {
    expect(() => parseRoleDefinitionDraft(input)).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  it('never throws anything else, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        try {
          parseRoleDefinitionDraft(input);
        } catch (error) {
          expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID' });
        }
      }),
    );
  });

  it('reads back every role in the form that it was written in', () => {
    const list = fc.array(fc.constantFrom('*/read', 'a/b/write', 'a/*/delete'));
    const entry = fc.record({ actions: list, notActions: list, dataActions: list, notDataActions: list });
    const any = fc.record({
      roleName: fc.string({ minLength: 1 }),
      description: fc.string(),
      permissions: fc.array(entry),
      assignableScopes: fc.array(fc.constant('/subscriptions/s1')),
    });
    fc.assert(
      fc.property(any, fc.uuid(), (role, guid) => {
        const arm = { name: guid, properties: { ...role, type: 'CustomRole' } };
        expect(parseRoleDefinitionDraft(arm)).toEqual({ ...role, id: guid });
        expect(parseRoleDefinitionDraft(role)).toEqual(role);
      }),
    );
  });
});
