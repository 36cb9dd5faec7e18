import { builtInRoles } from '@aml-auth/permissions';
import { describe, expect, test } from 'vitest';

import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();

const NAME = 'c0ffee00-0000-4000-8000-000000000020';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const DEFINITIONS = 'providers/Microsoft.Authorization/roleDefinitions';
const sub = (): string => `/subscriptions/${emulated().subscription('dev').id}`;

const list = async (filter: string, scope = sub()): Promise<ArmAnswer> =>
  callArm(emulated(), 'auditor', `${scope}/${DEFINITIONS}?$filter=${encodeURIComponent(filter)}`);
const body = (change: Record<string, unknown> = {}): { properties: Record<string, unknown> } => ({
  properties: {
    roleName: 'Compute Operator',
    description: 'Starts and stops.',
    type: 'CustomRole',
    assignableScopes: [sub()],
    permissions: [
      { actions: ['Microsoft.MachineLearningServices/workspaces/computes/*/action'], notActions: [] },
    ],
    ...change,
  },
});
const put = (change: Record<string, unknown> = {}, name = NAME): Promise<ArmAnswer> =>
  callArm(emulated(), 'platform-admin', `${sub()}/${DEFINITIONS}/${name}`, {
    method: 'PUT',
    body: body(change),
  });

describe('reading', () => {
  test('all built-in roles are there', async () => {
    const { body: page } = await callArm(emulated(), 'auditor', `${sub()}/${DEFINITIONS}`);
    expect(page.value).toHaveLength(builtInRoles.length);
  });

  test.each(["roleName eq 'reader'", "roleName eq 'Reader' and type eq 'BuiltInRole'"])(
    '%s finds Reader',
    async (filter) => {
      const { body: page } = await list(filter);
      expect(page.value).toEqual([
        expect.objectContaining({
          id: `${sub()}/${DEFINITIONS}/${READER}`,
          name: READER,
          type: 'Microsoft.Authorization/roleDefinitions',
          properties: expect.objectContaining({ roleName: 'Reader', type: 'BuiltInRole' }) as object,
        }),
      ]);
    },
  );

  test('a filter that is not known is refused', async () => {
    expect(await list("nonsense eq 'x'")).toMatchObject({ status: 400, code: 'UnsupportedQuery' });
  });

  test('a built-in role at the root is for everyone, the list is not', async () => {
    expect((await callArm(emulated(), 'trainer', `/${DEFINITIONS}/${READER}`)).status).toBe(200);
    expect((await callArm(emulated(), 'trainer', `/${DEFINITIONS}`)).status).toBe(403);
  });

  test('an unknown role is 404', async () => {
    expect(await callArm(emulated(), 'auditor', `${sub()}/${DEFINITIONS}/${NAME}`)).toMatchObject({
      status: 404,
      code: 'RoleDefinitionDoesNotExist',
    });
  });
});

describe('custom roles', () => {
  test('are made, found, changed and deleted', async () => {
    const made = await put();
    expect(made).toMatchObject({ status: 201, body: { name: NAME, properties: { type: 'CustomRole' } } });
    expect((await list("type eq 'CustomRole'")).body.value).toHaveLength(1);
    expect((await put({ description: 'Changed.' })).body.properties.description).toBe('Changed.');
    const path = `${sub()}/${DEFINITIONS}/${NAME}`;
    expect((await callArm(emulated(), 'platform-admin', path, { method: 'DELETE' })).status).toBe(200);
    expect((await callArm(emulated(), 'platform-admin', path, { method: 'DELETE' })).status).toBe(204);
  });

  test('show below their assignable scope, and above it with atScopeAndBelow()', async () => {
    const group = `${sub()}/resourceGroups/rg-ml`;
    await put({ assignableScopes: [group] });
    expect((await list("roleName eq 'Compute Operator'")).body.value).toEqual([]);
    expect((await list("atScopeAndBelow() and type eq 'CustomRole'")).body.value).toHaveLength(1);
    expect((await list("type eq 'CustomRole'", group)).body.value).toHaveLength(1);
    expect((await list("type eq 'CustomRole'", `${sub()}/resourceGroups/rg-ml2`)).body.value).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['no name', { roleName: '' }, 'InvalidRoleDefinition'],
    ['a long description', { description: 'x'.repeat(2049) }, 'InvalidRoleDefinition'],
    ['no permissions', { permissions: [] }, 'InvalidRoleDefinition'],
    ['a permission that is none', { permissions: ['*'] }, 'InvalidRoleDefinition'],
    ['actions that are no list', { permissions: [{ actions: '*' }] }, 'InvalidRoleDefinition'],
    ['two wildcards', { permissions: [{ actions: ['Microsoft.A/*/b/*'] }] }, 'InvalidActionOrNotAction'],
    ['an action without a slash', { permissions: [{ actions: ['read'] }] }, 'InvalidActionOrNotAction'],
    ['no assignable scope', { assignableScopes: [] }, 'InvalidRoleDefinition'],
    ['the root as assignable scope', { assignableScopes: ['/'] }, 'InvalidAssignableScope'],
    [
      'two management groups as assignable scopes',
      {
        assignableScopes: ['a', 'b'].map(
          (name) => `/providers/Microsoft.Management/managementGroups/${name}`,
        ),
      },
      'InvalidRoleDefinition',
    ],
    ['a wildcard as assignable scope', { assignableScopes: ['/subscriptions/*'] }, 'InvalidAssignableScope'],
  ])('%s is refused', async (_, change, code) => {
    expect(await put(change)).toMatchObject({ status: 400, code });
  });

  test('a name that is taken is refused', async () => {
    expect(await put({ roleName: 'reader' })).toMatchObject({
      status: 409,
      code: 'RoleDefinitionWithSameNameExists',
    });
  });

  test('an id that is no GUID, and a built-in role, are refused', async () => {
    expect(await put({}, 'mine')).toMatchObject({ status: 400, code: 'InvalidRoleDefinitionId' });
    expect(await put({}, READER)).toMatchObject({ status: 400, code: 'RoleDefinitionUpdateNotPermitted' });
  });

  test('the right is needed at every assignable scope', async () => {
    const foreign = '/subscriptions/00000000-0000-4000-8000-000000000000';
    const answer = await put({ assignableScopes: [sub(), foreign] });
    expect(answer).toMatchObject({ status: 403, code: 'LinkedAuthorizationFailed' });
    expect(answer.headers.get('x-emu-decision')).toMatch(/^deny; .*linked-scopes=/);
    expect(answer.body.error.message).toContain(
      `does not have permission to perform action 'Microsoft.Authorization/roleDefinitions/write' on the linked scope(s) '${foreign}'`,
    );
  });

  test('a decision about very many scopes still fits into a header', async () => {
    const scopes = Array.from(
      { length: 500 },
      (_, index) => `/subscriptions/${String(index).padStart(36, '0')}`,
    );
    const { headers } = await put({ assignableScopes: scopes });
    expect(headers.get('x-emu-decision')).toHaveLength(2_000);
  });

  test('one that is assigned cannot be deleted', async () => {
    await put();
    const id = `${sub()}/${DEFINITIONS}/${NAME}`;
    await callArm(
      emulated(),
      'platform-admin',
      `${sub()}/providers/Microsoft.Authorization/roleAssignments/${NAME}`,
      {
        method: 'PUT',
        body: { properties: { roleDefinitionId: id, principalId: emulated().app('trainer').objectId } },
      },
    );
    const answer = await callArm(emulated(), 'platform-admin', id, { method: 'DELETE' });
    expect(answer).toMatchObject({ status: 400, code: 'RoleDefinitionHasAssignments' });
  });

  test('a Reader cannot make one', async () => {
    const answer = await callArm(emulated(), 'auditor', `${sub()}/${DEFINITIONS}/${NAME}`, {
      method: 'PUT',
      body: body(),
    });
    expect(answer).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
  });
});
