import { describe, expect, test } from 'vitest';

import { accessSeed } from '../support/access-seed.js';
import { callArm, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const ID = 'c0ffee00-0000-4000-8000-000000000040';

const emulated = withEmulator({
  seed: {
    ...accessSeed,
    denyAssignments: [
      {
        name: 'Keep the workspace',
        id: ID,
        description: 'Made by a deployment stack.',
        scope: '/dev/rg-ml/ws1',
        actions: ['*/write', '*/delete'],
        notActions: ['Microsoft.MachineLearningServices/workspaces/jobs/*'],
        excludePrincipals: ['group:admins'],
      },
      {
        name: 'No reading here',
        scope: '/dev/rg-ml2',
        actions: ['*/read'],
        principals: ['app:auditor'],
        doNotApplyToChildScopes: true,
        isSystemProtected: false,
      },
      { name: 'Top', scope: 'managementGroup:top', actions: ['*/delete'], principals: ['app:team-owner'] },
    ],
  },
});

const sub = (): string => `/subscriptions/${emulated().subscription('dev').id}`;
const workspace = (): string => emulated().workspace('ws1').id;
const DENY = 'providers/Microsoft.Authorization/denyAssignments';
const ask = (app: string, path: string, init: { method?: string; body?: unknown } = {}): Promise<ArmAnswer> =>
  callArm(emulated(), app, path, init);

describe('decisions', () => {
  test('one refuses what roles allow, word for word as Azure', async () => {
    const { clientId, objectId } = emulated().app('root-owner');
    const answer = await ask('root-owner', workspace(), { method: 'DELETE' });
    expect(answer.status).toBe(403);
    expect(answer.body.error).toEqual({
      code: 'DenyAssignmentAuthorizationFailed',
      message: `The client '${clientId}' with object id '${objectId}' has permission to perform action 'Microsoft.MachineLearningServices/workspaces/delete' on scope '${workspace()}'; however, the access is denied because of the deny assignment with name 'Keep the workspace' and Id 'c0ffee00000040008000000000000040' at scope '${workspace()}'.`,
    });
    expect(answer.headers.get('x-emu-decision')).toContain('deny-assignment=Keep the workspace');
    expect(emulated().requests.at(-1)?.rbac).toMatchObject({
      verdict: 'refused',
      denyAssignment: 'Keep the workspace',
    });
  });

  test('who may not anyway hears nothing of it', async () => {
    const answer = await ask('nobody', workspace(), { method: 'DELETE' });
    expect(answer.code).toBe('AuthorizationFailed');
  });

  test('it spares who is excluded, also through a group', async () => {
    expect((await ask('platform-admin', workspace(), { method: 'DELETE' })).status).not.toBe(403);
  });

  test('notActions are not denied', async () => {
    const answer = await ask('root-owner', `${workspace()}/jobs/nope`, { method: 'DELETE' });
    expect(answer.code).not.toBe('DenyAssignmentAuthorizationFailed');
    expect(answer.status).not.toBe(403);
  });

  test('one that is not for children stays at its scope', async () => {
    const group = `${sub()}/resourceGroups/rg-ml2`;
    expect((await ask('auditor', group)).code).toBe('DenyAssignmentAuthorizationFailed');
    const below = await ask('auditor', `${group}/providers/Microsoft.Authorization/roleAssignments/${ID}`);
    expect(below).toMatchObject({ status: 404 });
  });

  test('one at a management group reaches what is below', async () => {
    const group = `${sub()}/resourceGroups/rg-ml2`;
    const answer = await ask('team-owner', group, { method: 'DELETE' });
    expect(answer.code).toBe('DenyAssignmentAuthorizationFailed');
  });

  test('lists leave out what is denied', async () => {
    const { body } = await ask('auditor', `${sub()}/resourceGroups`);
    expect(body.value.map(({ name }) => name)).toEqual(['rg-ml']);
  });
});

describe('reading', () => {
  test('one', async () => {
    const { body } = await ask('root-owner', `${workspace()}/${DENY}/${ID}`);
    expect(body).toEqual({
      id: `${workspace()}/${DENY}/${ID}`,
      type: 'Microsoft.Authorization/denyAssignments',
      name: ID,
      properties: {
        denyAssignmentName: 'Keep the workspace',
        description: 'Made by a deployment stack.',
        permissions: [
          {
            actions: ['*/write', '*/delete'],
            notActions: ['Microsoft.MachineLearningServices/workspaces/jobs/*'],
            dataActions: [],
            notDataActions: [],
          },
        ],
        scope: workspace(),
        doNotApplyToChildScopes: false,
        principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
        excludePrincipals: [{ id: emulated().group('admins').id, type: 'Group' }],
        isSystemProtected: true,
        condition: null,
        conditionVersion: null,
        createdOn: expect.any(String) as string,
        updatedOn: expect.any(String) as string,
        createdBy: null,
        updatedBy: null,
      },
    });
    expect(await ask('root-owner', `${sub()}/${DENY}/${ID}`)).toMatchObject({
      status: 404,
      code: 'DenyAssignmentNotFound',
    });
  });

  const list = async (scope: string, filter?: string): Promise<readonly string[] | string | undefined> => {
    const query = filter === undefined ? '' : `?$filter=${encodeURIComponent(filter)}`;
    const { body, code } = await ask('root-owner', `${scope}/${DENY}${query}`);
    return (
      code ??
      body.value.map(
        ({ properties }) => (properties as unknown as { denyAssignmentName: string }).denyAssignmentName,
      )
    );
  };

  test('lists by filter', async () => {
    const all = ['Keep the workspace', 'No reading here', 'Top'];
    expect(await list(sub())).toEqual(all);
    expect(await list(workspace(), 'atScope()')).toEqual(['Keep the workspace', 'Top']);
    expect(await list(sub(), 'atScope()')).toEqual(['Top']);
    expect(await list(sub(), "denyAssignmentName eq 'no reading here'")).toEqual(['No reading here']);
    expect(await list(sub(), `principalId eq '${emulated().app('auditor').objectId}'`)).toEqual([
      'No reading here',
    ]);
    expect(await list(sub(), `principalId eq '${emulated().group('admins').id}'`)).toEqual([]);
    expect(await list(sub(), "nonsense eq 'x'")).toBe('UnsupportedQuery');
    expect(await list('', 'atScope()')).toEqual([]);
  });

  test('an export for a principal names those that spare it, and little of them', async () => {
    const filter = `gdprExportPrincipalId eq '${emulated().group('admins').id}'`;
    const { body } = await ask('root-owner', `${sub()}/${DENY}?$filter=${filter}`);
    expect(body.value.map(({ properties }) => properties)).toEqual([
      { denyAssignmentName: 'Keep the workspace', description: 'Made by a deployment stack.' },
    ]);
  });

  test('needs the right, and nobody can make or delete one', async () => {
    expect((await ask('nobody', `${sub()}/${DENY}`)).status).toBe(403);
    const path = `${sub()}/${DENY}/${ID}`;
    for (const method of ['PUT', 'DELETE']) {
      expect((await ask('auditor', path, { method, body: {} })).status).toBe(403);
      expect(await ask('root-owner', path, { method, body: {} })).toMatchObject({
        status: 405,
        code: 'MethodNotAllowed',
      });
    }
  });

  test('they go with their scope', async () => {
    await ask('platform-admin', `${sub()}/resourceGroups/rg-ml2`, { method: 'DELETE' });
    expect(await list(sub())).toEqual(['Keep the workspace', 'Top']);
  });
});
