import { describe, expect, test } from 'vitest';

import { accessSeed } from '../support/access-seed.js';
import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const MINE = 'c0ffee00-0000-4000-8000-000000000080';

const emulated = withEmulator({
  seed: {
    ...accessSeed,
    roleDefinitions: [{ name: 'Mine', id: MINE, actions: ['*/read'], assignableScopes: ['/loose'] }],
    subscriptions: accessSeed.subscriptions!.map((subscription) =>
      subscription.name === 'dev'
        ? {
            ...subscription,
            classicAdministrators: [
              { email: 'alice@contoso.onmicrosoft.com', role: 'ServiceAdministrator' as const },
              { email: 'bob@contoso.onmicrosoft.com' },
            ],
          }
        : subscription,
    ),
    roleAssignments: [
      ...accessSeed.roleAssignments!,
      { principal: 'app:nobody', role: 'Contributor', scope: '/dev', eligible: true, ends: '+90d' },
      { principal: 'group:admins', role: 'Owner', scope: '/dev/rg-ml', eligible: true },
      { principal: 'app:auditor', role: 'Owner', scope: '/prod', eligible: true, starts: '+1d' },
      { principal: 'app:auditor', role: 'Mine', scope: '/loose', eligible: true },
    ],
  },
});

const sub = (name = 'dev'): string => `/subscriptions/${emulated().subscription(name).id}`;
const path = (type: string, scope = sub()): string => `${scope}/providers/Microsoft.Authorization/${type}`;
const INSTANCES = 'roleEligibilityScheduleInstances';
const list = async (
  type: string,
  filter?: string,
  { app = 'root-owner', scope = sub() } = {},
): Promise<readonly string[] | string | undefined> => {
  const query = filter === undefined ? '' : `?$filter=${encodeURIComponent(filter)}`;
  const { body, code } = await callArm(emulated(), app, `${path(type, scope)}${query}`);
  return code ?? body.value.map(({ properties }) => properties.scope.split('/').slice(-1)[0]!);
};
const dev = (): string => emulated().subscription('dev').id;

describe('who could activate a role', () => {
  test('may nothing with it', async () => {
    const answer = await callArm(emulated(), 'nobody', sub());
    expect(answer).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
  });

  test('is no role assignment', async () => {
    const { objectId } = emulated().app('nobody');
    const { body } = await callArm(
      emulated(),
      'root-owner',
      `${path('roleAssignments')}?$filter=principalId eq '${objectId}'`,
    );
    expect(body.value).toEqual([]);
  });

  test('reads its own without any right: asTarget()', async () => {
    expect(await list(INSTANCES, 'asTarget()', { app: 'nobody' })).toEqual([dev()]);
    expect(await list(INSTANCES, 'asTarget()', { app: 'platform-admin' })).toEqual(['rg-ml']);
    expect(await list(INSTANCES, undefined, { app: 'nobody' })).toBe('AuthorizationFailed');
    expect(await list(INSTANCES, 'atScope()', { app: 'nobody' })).toBe('AuthorizationFailed');
  });

  test('is found by principal, role, scope and status', async () => {
    const { objectId } = emulated().app('platform-admin');
    expect(await list(INSTANCES)).toEqual([dev(), 'rg-ml']);
    expect(await list(INSTANCES, 'atScope()')).toEqual([dev()]);
    expect(await list(INSTANCES, 'atScope()', { scope: emulated().workspace('ws1').id })).toEqual([
      dev(),
      'rg-ml',
    ]);
    expect(await list(INSTANCES, `principalId eq '${emulated().app('nobody').objectId}'`)).toEqual([dev()]);
    expect(await list(INSTANCES, `principalId eq '${objectId}'`)).toEqual([]);
    expect(await list(INSTANCES, `assignedTo('${objectId}')`)).toEqual(['rg-ml']);
    const role = '/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
    expect(await list(INSTANCES, `roleDefinitionId eq '${role}'`)).toEqual(['rg-ml']);
    expect(await list(INSTANCES, "status eq 'Provisioned' and atScope()")).toEqual([dev()]);
    expect(await list(INSTANCES, "status eq 'Revoked'")).toEqual([]);
    expect(await list(INSTANCES, "nonsense eq 'x'")).toBe('UnsupportedQuery');
  });

  test('has a whole answer', async () => {
    const { body } = await callArm(emulated(), 'root-owner', `${path(INSTANCES)}?$filter=atScope()`);
    const [instance] = body.value;
    expect(instance).toMatchObject({
      type: `Microsoft.Authorization/${INSTANCES}`,
      properties: {
        scope: sub(),
        principalId: emulated().app('nobody').objectId,
        principalType: 'ServicePrincipal',
        memberType: 'Direct',
        status: 'Provisioned',
        roleEligibilityScheduleId: `${path('roleEligibilitySchedules')}/${instance!.name}`,
        startDateTime: expect.stringMatching(/Z$/) as string,
        endDateTime: expect.stringMatching(/Z$/) as string,
        expandedProperties: {
          scope: { id: sub(), displayName: 'dev', type: 'subscription' },
          roleDefinition: { displayName: 'Contributor', type: 'BuiltInRole' },
          principal: { displayName: 'nobody', type: 'ServicePrincipal' },
        },
      },
    });
    const one = await callArm(emulated(), 'root-owner', instance!.id);
    expect(one.body).toEqual(instance);
    const missing = await callArm(
      emulated(),
      'root-owner',
      `${path(INSTANCES, sub('prod'))}/${instance!.name}`,
    );
    expect(missing).toMatchObject({ status: 404, code: 'ResourceNotFound' });
  });

  test('schedules hold what is to come, and nothing that has ended', async () => {
    const scope = sub('prod');
    expect(await list('roleEligibilitySchedules', undefined, { scope })).toHaveLength(1);
    expect(await list(INSTANCES, undefined, { scope })).toEqual([]);
    emulated().clock.advance('100d');
    try {
      expect(await list(INSTANCES, undefined, { scope })).toHaveLength(1);
      expect(await list(INSTANCES)).toEqual(['rg-ml']);
      expect(await list('roleEligibilitySchedules')).toEqual(['rg-ml']);
    } finally {
      emulated().clock.reset();
    }
  });

  test('keeps the role from being deleted', async () => {
    const role = `${path('roleDefinitions', sub('loose'))}/${MINE}`;
    const answer = await callArm(emulated(), 'root-owner', role, { method: 'DELETE' });
    expect(answer).toMatchObject({ status: 400, code: 'RoleDefinitionHasAssignments' });
  });

  test('goes with its scope', async () => {
    await callArm(emulated(), 'root-owner', `${sub()}/resourceGroups/rg-ml`, { method: 'DELETE' });
    expect(await list('roleEligibilitySchedules')).toEqual([dev()]);
  });
});

describe('who has a role', () => {
  test.each(['roleAssignmentSchedules', 'roleAssignmentScheduleInstances'])('is in %s', async (type) => {
    const filter = encodeURIComponent(`principalId eq '${emulated().app('trainer').objectId}'`);
    const { body } = await callArm(emulated(), 'root-owner', `${path(type)}?$filter=${filter}`);
    expect(body.value).toMatchObject([
      {
        properties: {
          scope: emulated().workspace('ws1').id,
          assignmentType: 'Assigned',
          memberType: 'Direct',
        },
      },
    ]);
    expect(await list(type, 'asTarget()', { app: 'trainer' })).toEqual(['ws1']);
  });

  test('from above is inherited', async () => {
    const scope = emulated().workspace('ws1').id;
    const filter = encodeURIComponent(`atScope() and principalId eq '${emulated().app('auditor').objectId}'`);
    const answer: ArmAnswer = await callArm(
      emulated(),
      'root-owner',
      `${path('roleAssignmentScheduleInstances', scope)}?$filter=${filter}`,
    );
    expect(answer.body.value).toMatchObject([{ properties: { scope: sub(), memberType: 'Inherited' } }]);
  });
});

describe('classic administrators', () => {
  const read = (scope: string, app = 'root-owner'): Promise<ArmAnswer> =>
    callArm(emulated(), app, `${path('classicAdministrators', scope)}?api-version=2015-07-01`);

  test('are listed, and none where the seed has none', async () => {
    expect((await read(sub())).body.value).toMatchObject([
      { properties: { emailAddress: 'alice@contoso.onmicrosoft.com', role: 'ServiceAdministrator' } },
      { properties: { emailAddress: 'bob@contoso.onmicrosoft.com', role: 'CoAdministrator' } },
    ]);
    expect((await read(sub('prod'))).body.value).toEqual([]);
    expect((await read(sub(), 'nobody')).status).toBe(403);
  });
});
