import { demoSeed } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { callArm, tokenOf, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({
  seed: {
    ...demoSeed,
    roleDefinitions: [{ name: 'Narrow', actions: ['*/read'], assignableScopes: ['/dev/rg-ml'] }],
  },
});

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const NAME = 'c0ffee00-0000-4000-8000-000000000010';
const OTHER = 'c0ffee00-0000-4000-8000-000000000011';

const sub = (): string => `/subscriptions/${emulated().subscription('dev').id}`;
const group = (name = 'rg-ml'): string => `${sub()}/resourceGroups/${name}`;
const role = (guid = READER): string => `${sub()}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const at = (scope: string, name = NAME): string =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
const wanted = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  roleDefinitionId: role(),
  principalId: emulated().app('trainer').objectId,
  principalType: 'ServicePrincipal',
  ...change,
});
const put = (scope: string, properties = wanted(), name = NAME, app = 'platform-admin'): Promise<ArmAnswer> =>
  callArm(emulated(), app, at(scope, name), { method: 'PUT', body: { properties } });

describe('creating', () => {
  test('answers 201 with the assignment, and the right is there at once', async () => {
    expect((await callArm(emulated(), 'trainer', group())).status).toBe(403);
    const answer = await put(group());
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      id: at(group()),
      type: 'Microsoft.Authorization/roleAssignments',
      name: NAME,
      properties: {
        roleDefinitionId: role(),
        principalId: emulated().app('trainer').objectId,
        principalType: 'ServicePrincipal',
        scope: group(),
        condition: null,
        conditionVersion: null,
        createdBy: emulated().app('platform-admin').objectId,
        description: null,
      },
    });
    expect((await callArm(emulated(), 'trainer', group())).status).toBe(200);
    expect((await callArm(emulated(), 'trainer', at(group()))).body).toEqual(answer.body);
  });

  test('works for groups, users and managed identities, with or without their type', async () => {
    const principals = [
      emulated().group('data-science').id,
      emulated().user('bob@contoso').id,
      emulated().workspace('ws1').principalId,
    ];
    for (const [index, principalId] of principals.entries()) {
      const { principalType: _, ...properties } = wanted({ principalId });
      const answer = await put(group('rg-ml2'), properties, `c0ffee00-0000-4000-8000-00000000002${index}`);
      expect([answer.status, answer.body.properties.principalType]).toEqual([
        201,
        ['Group', 'User', 'ServicePrincipal'][index],
      ]);
    }
  });

  test('a role definition may be named without a subscription', async () => {
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${READER}`;
    expect((await put(group(), wanted({ roleDefinitionId }))).status).toBe(201);
  });

  test('keeps the delegated managed identity that it is given', async () => {
    const delegatedManagedIdentityResourceId = `${group()}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-cluster`;
    const made = await put(group(), wanted({ delegatedManagedIdentityResourceId }));
    expect(made.body.properties).toMatchObject({ delegatedManagedIdentityResourceId });
    expect((await put(group('rg-ml2'), wanted(), OTHER)).body.properties).toMatchObject({
      delegatedManagedIdentityResourceId: null,
    });
  });

  test('the same again updates it, and only its texts', async () => {
    await put(group());
    const again = await put(group(), wanted({ description: 'why' }));
    expect(again).toMatchObject({ status: 200, body: { properties: { description: 'why' } } });
  });

  test('a condition that cannot be evaluated withholds the right', async () => {
    await put(group(), wanted({ condition: "@Resource[a:b] StringEquals 'c'", conditionVersion: '2.0' }));
    const answer = await callArm(emulated(), 'trainer', group());
    expect(answer).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
  });
});

describe('refusals', () => {
  const cases: Record<
    string,
    { change: () => Record<string, unknown>; status: number; code: string; text?: RegExp }
  > = {
    'a principal id that is no GUID': {
      change: () => ({ principalId: 'User' }),
      status: 400,
      code: 'InvalidPrincipalId',
      text: /^The Principal ID 'User' is not valid\. Principal ID must be a GUID\.$/,
    },
    'an unknown principal': {
      change: () => ({ principalId: '00000000-0000-4000-8000-00000000dead' }),
      status: 400,
      code: 'PrincipalNotFound',
      text: /^Principal 0000000000004000800000000000dead does not exist in the directory [\da-f-]{36}\. .* See https:\/\/aka\.ms\/docs-principaltype$/,
    },
    "the client id in place of the service principal's object id": {
      change: () => ({ principalId: emulated().app('trainer').clientId }),
      status: 400,
      code: 'PrincipalNotFound',
    },
    "the registration's object id": {
      change: () => ({ principalId: emulated().app('trainer').applicationId }),
      status: 400,
      code: 'PrincipalNotFound',
    },
    'the wrong kind of principal': {
      change: () => ({ principalType: 'User' }),
      status: 400,
      code: 'UnmatchedPrincipalType',
      text: /^The PrincipalId '[\da-f]{32}' has type 'ServicePrincipal' , which is different from specified PrinciaplType 'User'\.$/,
    },
    'a kind of principal that does not exist': {
      change: () => ({ principalType: 'MSI' }),
      status: 400,
      code: 'BadRequestFormat',
    },
    'a role by its GUID alone': {
      change: () => ({ roleDefinitionId: READER }),
      status: 400,
      code: 'BadRequestFormat',
    },
    'a role by its name': {
      change: () => ({ roleDefinitionId: role('Reader') }),
      status: 400,
      code: 'InvalidRoleDefinitionId',
    },
    'an unknown role': {
      change: () => ({ roleDefinitionId: role(NAME) }),
      status: 400,
      code: 'RoleDefinitionDoesNotExist',
      text: /^The specified role definition with ID 'c0ffee00000040008000000000000010' does not exist\.$/,
    },
  };

  test.each(Object.entries(cases))('%s', async (_, { change, status, code, text }) => {
    const answer = await put(group(), wanted(change()));
    expect(answer).toMatchObject({ status, code });
    if (text !== undefined) expect(answer.body.error.message).toMatch(text);
  });

  test('the same assignment under another name', async () => {
    await put(group());
    const answer = await put(group(), wanted(), OTHER);
    expect(answer).toMatchObject({ status: 409, code: 'RoleAssignmentExists' });
    expect(answer.body.error.message).toBe(
      'The role assignment already exists. The ID of the existing role assignment is c0ffee00000040008000000000000010.',
    );
  });

  test('another assignment under the same name, at this scope or another', async () => {
    await put(group());
    for (const answer of [
      await put(group(), wanted({ roleDefinitionId: role(OWNER) })),
      await put(group('rg-ml2')),
    ]) {
      expect(answer).toMatchObject({ status: 400, code: 'RoleAssignmentUpdateNotPermitted' });
    }
  });

  test('a name that is no GUID', async () => {
    expect(await put(group(), wanted(), 'mine')).toMatchObject({
      status: 400,
      code: 'InvalidRoleAssignmentId',
    });
  });

  test.each(['{', '[]', '"x"'])('the body %s', async (body) => {
    const response = await emulated().fetch(`${emulated().origin}${at(group())}?api-version=2022-04-01`, {
      method: 'PUT',
      body,
      headers: {
        authorization: `Bearer ${await tokenOf(emulated(), 'platform-admin')}`,
      },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('x-ms-error-code')).toBe('InvalidRequestContent');
  });

  test('a caller without the right, who learns the full scope', async () => {
    const answer = await put(group(), wanted(), NAME, 'auditor');
    expect(answer).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
    expect(answer.body.error.message).toContain(
      `'Microsoft.Authorization/roleAssignments/write' over scope '${at(group())}'`,
    );
  });

  test('a custom role outside of its assignable scopes', async () => {
    const { body } = await callArm(
      emulated(),
      'auditor',
      `${group()}/providers/Microsoft.Authorization/roleDefinitions?$filter=roleName eq 'Narrow'`,
    );
    const roleDefinitionId = body.value[0]!.id;
    expect((await put(group(), wanted({ roleDefinitionId }))).status).toBe(201);
    expect(await put(group('rg-ml2'), wanted({ roleDefinitionId }), OTHER)).toMatchObject({
      code: 'RoleDefinitionDoesNotExist',
    });
  });

  test('a workspace that does not exist', async () => {
    const scope = `${group()}/providers/Microsoft.MachineLearningServices/workspaces/nope`;
    expect(await put(scope)).toMatchObject({ status: 404, code: 'ResourceNotFound' });
  });
});

describe('deleting', () => {
  test('answers 200 with the assignment, then 204, and the right is gone', async () => {
    await put(group());
    const first = await callArm(emulated(), 'platform-admin', at(group()), { method: 'DELETE' });
    expect(first).toMatchObject({ status: 200, body: { name: NAME } });
    const second = await callArm(emulated(), 'platform-admin', at(group()), { method: 'DELETE' });
    expect(second).toMatchObject({ status: 204, body: undefined });
    expect((await callArm(emulated(), 'trainer', group())).status).toBe(403);
  });

  test('the last Owner of a subscription stays', async () => {
    const { body } = await callArm(
      emulated(),
      'platform-admin',
      `${sub()}/providers/Microsoft.Authorization/roleAssignments`,
    );
    const last = body.value.find(({ properties }) => properties.roleDefinitionId.endsWith(OWNER))!;
    const refused = await callArm(emulated(), 'platform-admin', last.id, { method: 'DELETE' });
    expect(refused).toMatchObject({ status: 412, code: 'CannotDeleteLastRbacAdminAssignment' });
    await put(sub(), wanted({ roleDefinitionId: role(OWNER) }));
    expect((await callArm(emulated(), 'platform-admin', last.id, { method: 'DELETE' })).status).toBe(200);
  });

  test('one that is not there is 404 to read', async () => {
    expect(await callArm(emulated(), 'auditor', at(group()))).toMatchObject({
      status: 404,
      code: 'RoleAssignmentNotFound',
    });
  });

  test('a resource takes its assignments along', async () => {
    const { id } = emulated().workspace('ws1');
    await callArm(emulated(), 'platform-admin', id, { method: 'DELETE' });
    expect((await callArm(emulated(), 'trainer', '/subscriptions')).body.value).toEqual([]);
  });
});

describe('listing', () => {
  const list = async (scope: string, filter?: string): Promise<string[] | string | undefined> => {
    const query = filter === undefined ? '' : `?$filter=${encodeURIComponent(filter)}`;
    const answer = await callArm(
      emulated(),
      'platform-admin',
      `${scope}/providers/Microsoft.Authorization/roleAssignments${query}`,
    );
    if (answer.status !== 200) return answer.code;
    return answer.body.value
      .map(({ properties }) => properties.scope.split('/').at(-1)!)
      .map((name) => (name === emulated().subscription('dev').id ? 'dev' : name));
  };

  test('without a filter: at, above and below', async () => {
    expect(await list(group())).toEqual(['ws1', 'dev', 'dev', 'rg-ml']);
  });

  test('atScope(): at and above', async () => {
    expect(await list(group(), 'atScope()')).toEqual(['dev', 'dev', 'rg-ml']);
  });

  test('principalId: of this principal alone', async () => {
    expect(await list(sub(), `principalId eq '${emulated().app('trainer').objectId.toUpperCase()}'`)).toEqual(
      ['ws1'],
    );
    expect(await list(sub(), `principalId eq '${emulated().user('alice@contoso').id}'`)).toEqual([]);
  });

  test('assignedTo(): through groups as well, also together with atScope()', async () => {
    const alice = emulated().user('alice@contoso').id;
    expect(await list(sub(), `assignedTo('${alice}')`)).toEqual(['rg-ml']);
    expect(await list(sub(), `atScope() and assignedTo('${alice}')`)).toEqual([]);
  });

  test.each([
    "atScope() and principalId eq 'x'",
    "nonsense eq 'x'",
    'atScope',
    "principalId eq 'a' or atScope()",
  ])('%s is not supported', async (filter) => {
    expect(await list(sub(), filter)).toBe('UnsupportedQuery');
  });

  test('needs the right to read', async () => {
    const path = `${sub()}/providers/Microsoft.Authorization/roleAssignments`;
    expect((await callArm(emulated(), 'trainer', path)).status).toBe(403);
  });
});
