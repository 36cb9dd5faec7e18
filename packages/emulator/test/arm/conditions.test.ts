import { delegationCondition, printCondition } from '@aml-auth/permissions';
import { describe, expect, test } from 'vitest';

import { accessSeed } from '../support/access-seed.js';
import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const NAME = 'c0ffee00-0000-4000-8000-000000000050';
const ADMINISTRATOR = 'Role Based Access Control Administrator';
const condition = printCondition(delegationCondition({ roles: [READER], principalTypes: ['User', 'Group'] }));

const emulated = withEmulator({
  seed: {
    ...accessSeed,
    roleDefinitions: [
      {
        name: 'Assigns Readers',
        permissions: [
          { actions: ['*/read'] },
          {
            actions: ['Microsoft.Authorization/roleAssignments/write'],
            condition: printCondition(delegationCondition({ roles: [READER] })),
          },
        ],
        assignableScopes: ['/prod'],
      },
    ],
    roleAssignments: [
      ...accessSeed.roleAssignments!,
      { principal: 'app:delegate', role: ADMINISTRATOR, scope: '/dev', condition },
      { principal: 'app:delegate', role: 'Assigns Readers', scope: '/prod' },
      {
        principal: 'app:nobody',
        role: 'Reader',
        scope: '/dev',
        condition:
          "@Environment[UtcNow] DateTimeLessThan '2020-01-01' AND @Environment[isPrivateLink] BoolEquals false",
      },
    ],
  },
});

const at = (scope = 'dev', name = NAME): string =>
  `/subscriptions/${emulated().subscription(scope).id}/providers/Microsoft.Authorization/roleAssignments/${name}`;
const put = (
  change: { role?: string; principalId?: string; principalType?: string | undefined },
  { app = 'delegate', scope = 'dev' } = {},
): Promise<ArmAnswer> => {
  const { role = READER, principalId = emulated().group('data-science').id } = change;
  const principalType = 'principalType' in change ? change.principalType : 'Group';
  const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  return callArm(emulated(), app, at(scope), {
    method: 'PUT',
    body: { properties: { roleDefinitionId, principalId, principalType } },
  });
};
const remove = (app = 'delegate'): Promise<ArmAnswer> => callArm(emulated(), app, at(), { method: 'DELETE' });

describe('a delegate with a condition on the assignment', () => {
  test('assigns the roles that it may, and takes them away again', async () => {
    const made = await put({});
    expect(made.status).toBe(201);
    expect(made.headers.get('x-emu-decision')).toContain(
      `allow; action=Microsoft.Authorization/roleAssignments/write`,
    );
    expect((await remove()).status).toBe(200);
  });

  test('does not assign another role, and hears of the condition as from Azure', async () => {
    const { clientId, objectId } = emulated().app('delegate');
    const answer = await put({ role: OWNER });
    expect(answer.status).toBe(403);
    expect(answer.body.error).toEqual({
      code: 'AuthorizationFailed',
      message: `The client '${clientId}' with object id '${objectId}' does not have authorization or an ABAC condition not fulfilled to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '${at()}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    });
    expect(answer.headers.get('x-emu-decision')).toContain('reason=conditionUnmet');
  });

  test('does not assign to another kind of principal', async () => {
    const { objectId } = emulated().app('trainer');
    expect((await put({ principalId: objectId, principalType: 'ServicePrincipal' })).status).toBe(403);
  });

  test('must say the kind of principal', async () => {
    const answer = await put({ principalType: undefined });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-emu-decision')).toMatch(/reason=condition; unsettled=.*PrincipalType/);
    expect((await put({ principalType: undefined }, { app: 'platform-admin' })).status).toBe(201);
  });

  test('must say it in an api-version that has it', async () => {
    const body = {
      properties: {
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${READER}`,
        principalId: emulated().user('bob@contoso').id,
        principalType: 'User',
      },
    };
    const call = (version: string): Promise<ArmAnswer> =>
      callArm(emulated(), 'delegate', `${at()}?api-version=${version}`, { method: 'PUT', body });
    expect((await call('2018-09-01-preview')).status).toBe(403);
    expect((await call('2020-03-01-preview')).status).toBe(201);
  });

  test('does not get around it by the wrong kind', async () => {
    const { objectId } = emulated().app('trainer');
    expect(await put({ principalId: objectId, principalType: 'User' })).toMatchObject({
      status: 400,
      code: 'UnmatchedPrincipalType',
    });
  });

  test('does not take away what others assigned beyond it', async () => {
    await put({ role: OWNER }, { app: 'platform-admin' });
    const answer = await remove();
    expect(answer).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
    expect(answer.body.error.message).toContain('an ABAC condition not fulfilled');
    expect((await remove('platform-admin')).status).toBe(200);
  });

  test('is not settled about what does not exist', async () => {
    expect((await remove()).status).toBe(403);
  });

  test('reads without it', async () => {
    expect((await callArm(emulated(), 'delegate', at().slice(0, -NAME.length - 1))).status).toBe(200);
  });
});

describe('a condition on an entry of a role definition', () => {
  test('filters that entry alone', async () => {
    expect((await put({}, { scope: 'prod' })).status).toBe(201);
    const refused = await callArm(emulated(), 'delegate', at('prod', READER), {
      method: 'PUT',
      body: {
        properties: {
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${OWNER}`,
          principalId: emulated().group('data-science').id,
        },
      },
    });
    expect(refused.status).toBe(403);
    expect((await callArm(emulated(), 'delegate', at('prod'))).status).toBe(200);
  });

  test('is kept where a role is made through the API', async () => {
    const scope = `/subscriptions/${emulated().subscription('dev').id}`;
    const path = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${NAME}`;
    const put = (text: string): Promise<ArmAnswer> =>
      callArm(emulated(), 'platform-admin', path, {
        method: 'PUT',
        body: {
          properties: {
            roleName: 'Mine',
            assignableScopes: [scope],
            permissions: [{ actions: ['*/read'], condition: text, conditionVersion: '2.0' }],
          },
        },
      });
    expect(await put('nonsense')).toMatchObject({ status: 400, code: 'InvalidRoleAssignmentCondition' });
    expect((await put('Exists @Request[a:b]')).body.properties).toMatchObject({
      permissions: [{ condition: 'Exists @Request[a:b]', conditionVersion: '2.0' }],
    });
  });
});

describe('conditions on circumstances', () => {
  test('count by the clock of the emulator, in lists too', async () => {
    const sub = `/subscriptions/${emulated().subscription('dev').id}`;
    const read = (path = ''): Promise<ArmAnswer> => callArm(emulated(), 'nobody', `${sub}${path}`);
    expect((await read()).status).toBe(403);
    emulated().clock.set('2019-06-01T00:00:00Z');
    try {
      expect((await read()).status).toBe(200);
      expect((await read('/resourceGroups')).body.value).toHaveLength(2);
    } finally {
      emulated().clock.reset();
    }
  });
});

describe('the condition of a new assignment', () => {
  const create = (properties: Record<string, unknown>): Promise<ArmAnswer> =>
    callArm(emulated(), 'platform-admin', at(), {
      method: 'PUT',
      body: {
        properties: {
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${READER}`,
          principalId: emulated().app('trainer').objectId,
          ...properties,
        },
      },
    });

  test('has version 2.0 where none is given', async () => {
    const { status, body } = await create({ condition: 'Exists @Request[a:b]' });
    expect([status, body.properties]).toMatchObject([
      201,
      { condition: 'Exists @Request[a:b]', conditionVersion: '2.0' },
    ]);
  });

  test.each([
    ['that cannot be read', { condition: "@Resource[a:b] Equals 'c'" }],
    ['of another version', { condition: 'Exists @Request[a:b]', conditionVersion: '1.0' }],
    ['of more than 8 KB', { condition: `Exists @Request[${'a'.repeat(8_192)}]` }],
  ])('%s is refused', async (_, properties) => {
    const answer = await create(properties);
    expect(answer).toMatchObject({ status: 400, code: 'InvalidRoleAssignmentCondition' });
    expect(answer.body.error.message).toBe('The given role assignment condition is invalid.');
  });

  test('can be changed and taken away', async () => {
    await create({ condition: 'Exists @Request[a:b]' });
    expect((await create({})).body.properties).toMatchObject({ condition: null, conditionVersion: null });
  });
});
