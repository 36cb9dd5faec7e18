import { describe, expect, test } from 'vitest';

import { accessSeed } from '../support/access-seed.js';
import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: accessSeed });

const GROUPS = '/providers/Microsoft.Management/managementGroups';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const NAME = 'c0ffee00-0000-4000-8000-000000000030';
const sub = (name = 'dev'): string => `/subscriptions/${emulated().subscription(name).id}`;
const root = (): string => emulated().tenant().id;
const ask = (
  path: string,
  { app = 'root-owner', ...init }: { app?: string; method?: string; body?: unknown } = {},
): Promise<ArmAnswer> => callArm(emulated(), app, path, init);
const names = ({ body }: ArmAnswer): readonly string[] => body.value.map(({ name }) => name);

describe('decisions', () => {
  test.each([
    ['top-reader', 'dev', 200],
    ['top-reader', 'prod', 200],
    ['top-reader', 'loose', 403],
    ['team-owner', 'dev', 200],
    ['team-owner', 'prod', 403],
    ['root-owner', 'loose', 200],
    ['nobody', 'dev', 403],
  ])('%s at the subscription %s: %i', async (app, subscription, status) => {
    expect((await ask(sub(subscription), { app })).status).toBe(status);
  });

  test('name the assignment at the management group', async () => {
    const { headers } = await ask(emulated().workspace('ws1').id, { app: 'top-reader' });
    expect(headers.get('x-emu-decision')).toContain(`assignment=${GROUPS}/top/providers/`);
  });

  test('follow a subscription that moves', async () => {
    const { id } = emulated().subscription('loose');
    await ask(`${GROUPS}/top/subscriptions/${id}`, { method: 'PUT' });
    expect((await ask(sub('loose'), { app: 'top-reader' })).status).toBe(200);
    await ask(`${GROUPS}/top/subscriptions/${id}`, { method: 'DELETE' });
    expect((await ask(sub('loose'), { app: 'top-reader' })).status).toBe(403);
  });

  test('follow a group that moves', async () => {
    const body = { parentGroupId: `${GROUPS}/other` };
    expect((await ask(`${GROUPS}/team`, { method: 'PATCH', body })).status).toBe(200);
    expect((await ask(sub('dev'), { app: 'top-reader' })).status).toBe(403);
  });
});

describe('reading', () => {
  test('one, with its parent', async () => {
    expect((await ask(`${GROUPS}/TEAM`)).body).toEqual({
      id: `${GROUPS}/team`,
      type: 'Microsoft.Management/managementGroups',
      name: 'team',
      properties: {
        tenantId: root(),
        displayName: 'team',
        details: {
          version: 1,
          updatedTime: expect.stringMatching(/Z$/) as string,
          updatedBy: null,
          parent: { id: `${GROUPS}/top`, name: 'top', displayName: 'Top' },
        },
      },
    });
  });

  test('with its children, and with all below it', async () => {
    const flat = await ask(`${GROUPS}/top?$expand=children`);
    expect(flat.body.properties).toMatchObject({
      children: [
        { type: 'Microsoft.Management/managementGroups', id: `${GROUPS}/team`, name: 'team' },
        { type: '/subscriptions', id: sub('prod'), displayName: 'prod' },
      ],
    });
    const deep = await ask(`${GROUPS}/top?$expand=children&$recurse=true`);
    expect(deep.body.properties).toMatchObject({ children: [{ children: [{ id: sub('dev') }] }, {}] });
    expect(JSON.stringify(flat.body)).not.toContain(sub('dev'));
  });

  test('with the path from the root', async () => {
    const { body } = await ask(`${GROUPS}/team?$expand=path`);
    expect(body.properties).toMatchObject({
      details: { path: [{ displayName: 'Tenant Root Group' }, { name: 'top', displayName: 'Top' }] },
    });
  });

  test('the list holds what the caller may read', async () => {
    expect(names(await ask(GROUPS))).toEqual([root(), 'team', 'top', 'other']);
    expect(names(await ask(GROUPS, { app: 'top-reader' }))).toEqual(['team', 'top']);
    expect(names(await ask(GROUPS, { app: 'nobody' }))).toEqual([]);
  });

  test('descendants are one list', async () => {
    expect(names(await ask(`${GROUPS}/${root()}/descendants`))).toEqual([
      'top',
      'team',
      emulated().subscription('dev').id,
      emulated().subscription('prod').id,
      'other',
      emulated().subscription('loose').id,
    ]);
    expect((await ask(`${GROUPS}/top/descendants`, { app: 'team-owner' })).status).toBe(403);
  });

  test('subscriptions of one', async () => {
    const { id } = emulated().subscription('dev');
    expect(names(await ask(`${GROUPS}/team/subscriptions`))).toEqual([id]);
    expect((await ask(`${GROUPS}/team/subscriptions/${id}`)).body.properties).toMatchObject({
      parent: { id: `${GROUPS}/team` },
      state: 'Active',
    });
    expect(await ask(`${GROUPS}/top/subscriptions/${id}`)).toMatchObject({ status: 404 });
  });

  test('needs the right, and then the group', async () => {
    expect(await ask(`${GROUPS}/top`, { app: 'nobody' })).toMatchObject({
      status: 403,
      code: 'AuthorizationFailed',
    });
    expect(await ask(`${GROUPS}/nope`)).toMatchObject({ status: 404, code: 'ManagementGroupNotFound' });
    expect(await ask(`${GROUPS}/nope/descendants`)).toMatchObject({
      status: 404,
      code: 'ManagementGroupNotFound',
    });
  });
});

describe('changing', () => {
  const create = (name: string, parent?: string, app?: string): Promise<ArmAnswer> =>
    ask(`${GROUPS}/${name}`, {
      method: 'PUT',
      ...(app === undefined ? {} : { app }),
      body: {
        name,
        properties: {
          displayName: 'New',
          ...(parent === undefined ? {} : { details: { parent: { id: `${GROUPS}/${parent}` } } }),
        },
      },
    });

  test('a group is made at the root or below another, changed and deleted', async () => {
    expect(await create('new')).toMatchObject({
      status: 201,
      body: { properties: { displayName: 'New', details: { parent: { name: root() } } } },
    });
    const change = { displayName: 'Newer' };
    expect((await ask(`${GROUPS}/new`, { method: 'PATCH', body: change })).body.properties).toMatchObject({
      ...change,
      details: { version: 2, parent: { name: root() } },
    });
    expect((await create('new', 'team')).body.properties).toMatchObject({
      details: { parent: { name: 'team' } },
    });
    expect((await ask(`${GROUPS}/new`, { method: 'DELETE' })).status).toBe(200);
    expect((await ask(`${GROUPS}/new`, { method: 'DELETE' })).status).toBe(204);
  });

  test('who makes one becomes its Owner, even where the right came from a lesser role', async () => {
    const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
    await ask(`${GROUPS}/other/providers/Microsoft.Authorization/roleAssignments/${NAME}`, {
      method: 'PUT',
      body: {
        properties: {
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${contributor}`,
          principalId: emulated().app('nobody').objectId,
        },
      },
    });
    expect((await create('new', 'other', 'nobody')).status).toBe(201);
    const filter = `atScope() and assignedTo('${emulated().app('nobody').objectId}')`;
    const list = `${GROUPS}/new/providers/Microsoft.Authorization/roleAssignments?$filter=${filter}`;
    const { body } = await ask(list, { app: 'nobody' });
    expect(body.value.map(({ properties }) => properties.scope)).toEqual([
      `${GROUPS}/other`,
      `${GROUPS}/new`,
    ]);
    expect(body.value[1]!.properties.roleDefinitionId).toContain('8e3af657');
  });

  test('the right is needed at the parent', async () => {
    expect(await create('new', 'team', 'team-owner')).toMatchObject({ status: 201 });
    expect(await create('newer', 'top', 'team-owner')).toMatchObject({
      status: 403,
      code: 'AuthorizationFailed',
    });
    expect(await create('newer', undefined, 'team-owner')).toMatchObject({ status: 403 });
  });

  test('to move one, at both parents', async () => {
    const body = { parentGroupId: `${GROUPS}/other` };
    const refused = await ask(`${GROUPS}/team`, { method: 'PATCH', body, app: 'team-owner' });
    expect(refused).toMatchObject({ status: 403, code: 'LinkedAuthorizationFailed' });
    expect(refused.body.error.message).toContain(`on the linked scope(s) '${GROUPS}/top,${GROUPS}/other'`);
  });

  test('except at the root, which needs no right', async () => {
    await create('new', 'team', 'team-owner');
    for (const parent of [root(), 'team']) {
      const body = { parentGroupId: `${GROUPS}/${parent}` };
      const moved = await ask(`${GROUPS}/new`, { method: 'PATCH', body, app: 'team-owner' });
      expect(moved).toMatchObject({
        status: 200,
        body: { properties: { details: { parent: { name: parent } } } },
      });
    }
  });

  test.each([
    ['a parent that does not exist', 'new', 'nope', 404, 'ManagementGroupNotFound'],
    ['a circle', 'top', 'team', 400, 'BadRequest'],
    ['itself as parent', 'top', 'top', 400, 'BadRequest'],
    ['a name that is none', 'a b', undefined, 400, 'InvalidManagementGroupName'],
  ] as const)('%s is refused', async (_, name, parent, status, code) => {
    expect(await create(name, parent)).toMatchObject({ status, code });
  });

  test('the root, and one with children, stay', async () => {
    for (const name of [root(), 'top']) {
      expect(await ask(`${GROUPS}/${name}`, { method: 'DELETE' })).toMatchObject({
        status: 400,
        code: 'BadRequest',
      });
    }
  });

  test('a subscription is moved by who manages access to it only', async () => {
    const path = `${GROUPS}/team/subscriptions/${emulated().subscription('loose').id}`;
    expect(await ask(path, { method: 'PUT', app: 'team-owner' })).toMatchObject({
      status: 403,
      code: 'LinkedAuthorizationFailed',
    });
    expect((await ask(path, { method: 'PUT' })).status).toBe(200);
    expect((await ask(path, { method: 'DELETE', app: 'team-owner' })).status).toBe(200);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
    expect(await ask(`${GROUPS}/team/subscriptions/nope`, { method: 'PUT' })).toMatchObject({ status: 404 });
  });
});

describe('a subscription that lies in a group already', () => {
  test('is moved by who may write that group as well', async () => {
    const dev = emulated().subscription('dev').id;
    // Owner of the subscription, and of a new group, but nothing at the group that it lies in.
    const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
    const own = `${GROUPS}/other/providers/Microsoft.Authorization/roleAssignments/${NAME}`;
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${owner}`;
    const { objectId: principalId } = emulated().app('platform-admin');
    await ask(own, { method: 'PUT', body: { properties: { roleDefinitionId, principalId } } });
    const refused = await ask(`${GROUPS}/other/subscriptions/${dev}`, {
      method: 'PUT',
      app: 'platform-admin',
    });
    expect(refused).toMatchObject({ status: 403, code: 'LinkedAuthorizationFailed' });
    expect(refused.body.error.message).toContain(`on the linked scope(s) '${GROUPS}/team'`);
    expect((await ask(`${GROUPS}/other/subscriptions/${dev}`, { method: 'PUT' })).status).toBe(200);
  });

  test('except at the root, which needs no right', async () => {
    const properties = {
      roleDefinitionId:
        '/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
      principalId: emulated().app('nobody').objectId,
    };
    for (const [index, scope] of [sub('loose'), `${GROUPS}/other`].entries()) {
      const name = `c0ffee00-0000-4000-8000-00000000031${index}`;
      const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
      await ask(path, { method: 'PUT', body: { properties } });
    }
    const path = `${GROUPS}/other/subscriptions/${emulated().subscription('loose').id}`;
    expect((await ask(path, { method: 'PUT', app: 'nobody' })).status).toBe(200);
  });
});

describe('role assignments and definitions at a management group', () => {
  const assign = (group: string, roleDefinitionId: string): Promise<ArmAnswer> =>
    ask(`${GROUPS}/${group}/providers/Microsoft.Authorization/roleAssignments/${NAME}`, {
      method: 'PUT',
      body: { properties: { roleDefinitionId, principalId: emulated().app('nobody').objectId } },
    });
  const reader = `/providers/Microsoft.Authorization/roleDefinitions/${READER}`;
  const list = async (scope: string, filter: string): Promise<readonly string[]> => {
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=${filter}`;
    return (await ask(path)).body.value.map(({ properties }) => properties.scope);
  };

  test('an assignment is made, counts below, and goes with the group', async () => {
    await ask(`${GROUPS}/other/subscriptions/${emulated().subscription('loose').id}`, { method: 'PUT' });
    expect(await assign('other', reader)).toMatchObject({
      status: 201,
      body: {
        id: `${GROUPS}/other/providers/Microsoft.Authorization/roleAssignments/${NAME}`,
        properties: { scope: `${GROUPS}/other` },
      },
    });
    expect((await ask(sub('loose'), { app: 'nobody' })).status).toBe(200);
    expect(names(await ask('/subscriptions', { app: 'nobody' }))).toHaveLength(1);
    await ask(`${GROUPS}/other/subscriptions/${emulated().subscription('loose').id}`, { method: 'DELETE' });
    await ask(`${GROUPS}/other`, { method: 'DELETE' });
    expect(await list('', `principalId eq '${emulated().app('nobody').objectId}'`)).toEqual([]);
  });

  test('lists hold what is inherited: atScope() from above, and without it from below', async () => {
    expect(await list(sub(), 'atScope()')).toEqual([sub(), sub(), `${GROUPS}/top`, `${GROUPS}/team`, '/']);
    expect(await list(`${GROUPS}/team`, 'atScope()')).toEqual([`${GROUPS}/top`, `${GROUPS}/team`, '/']);
    const { objectId } = emulated().app('trainer');
    expect(await list(`${GROUPS}/top`, `principalId eq '${objectId}'`)).toEqual([
      emulated().workspace('ws1').id,
    ]);
    expect(await list(`${GROUPS}/other`, `principalId eq '${objectId}'`)).toEqual([]);
  });

  test('a custom role of a group is assignable below it, one with data actions not at groups', async () => {
    const define = (permissions: unknown): Promise<ArmAnswer> =>
      ask(`${GROUPS}/top/providers/Microsoft.Authorization/roleDefinitions/${NAME}`, {
        method: 'PUT',
        body: {
          properties: { roleName: 'Mine', assignableScopes: [`${GROUPS}/top`], permissions: [permissions] },
        },
      });
    expect((await define({ actions: ['*/read'] })).status).toBe(201);
    const id = `/providers/Microsoft.Authorization/roleDefinitions/${NAME}`;
    expect((await assign('team', id)).status).toBe(201);
    await ask(`${GROUPS}/team/providers/Microsoft.Authorization/roleAssignments/${NAME}`, {
      method: 'DELETE',
    });
    expect(await assign('other', id)).toMatchObject({ status: 400, code: 'RoleDefinitionDoesNotExist' });
    const listed = `${sub()}/providers/Microsoft.Authorization/roleDefinitions?$filter=type eq 'CustomRole'`;
    expect(names(await ask(listed))).toEqual([NAME]);
    const below = `/providers/Microsoft.Authorization/roleDefinitions?$filter=atScopeAndBelow() and type eq 'CustomRole'`;
    expect(names(await ask(`${GROUPS}/${root()}${below}`))).toEqual([NAME]);
    expect(names(await ask(`${GROUPS}/other${below}`))).toEqual([]);
    await define({ actions: ['*/read'], dataActions: ['*'] });
    const refused = await assign('team', id);
    expect(refused).toMatchObject({ status: 400, code: 'InvalidCreateRoleAssignmentRequest' });
    const builtIn = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'; // Storage Blob Data Reader
    expect((await assign('team', id.replace(NAME, builtIn))).status).toBe(201);
  });

  test('a group that does not exist has none', async () => {
    expect(await assign('nope', reader)).toMatchObject({ status: 404, code: 'ManagementGroupNotFound' });
  });
});
