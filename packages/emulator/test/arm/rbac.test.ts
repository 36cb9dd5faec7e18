import { demoSeed } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { callArm, type ArmAnswer, type ArmBody } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso] = demoSeed.tenants;
const emulated = withEmulator({
  seed: {
    tenants: [
      {
        ...contoso!,
        apps: [
          ...contoso!.apps!,
          ...['nobody', 'in-group', 'rg1-reader', 'custom', 'root'].map((name) => ({
            name,
            secrets: [{ value: name }],
          })),
        ],
        groups: [
          { name: 'outer', members: ['group:inner'] },
          { name: 'inner', members: ['app:in-group'] },
        ],
      },
    ],
    subscriptions: [
      {
        name: 'dev',
        resourceGroups: [
          { name: 'rg-ml', workspaces: [{ name: 'ws1' }, { name: 'ws2' }] },
          { name: 'rg1', workspaces: [{ name: 'one' }] },
          { name: 'rg10', workspaces: [{ name: 'ten' }] },
        ],
      },
      { name: 'other' },
    ],
    roleDefinitions: [
      {
        name: 'Workspace Lister',
        actions: ['Microsoft.MachineLearningServices/workspaces/read'],
        assignableScopes: ['/dev'],
      },
    ],
    roleAssignments: [
      ...demoSeed.roleAssignments!.slice(0, 3),
      { principal: 'group:outer', role: 'Reader', scope: '/dev/rg-ml' },
      { principal: 'app:rg1-reader', role: 'Reader', scope: '/dev/rg1' },
      { principal: 'app:custom', role: 'Workspace Lister', scope: '/dev' },
      { principal: 'app:root', role: 'Reader', scope: '/' },
    ],
  },
});

const sub = (): string => `/subscriptions/${emulated().subscription('dev').id}`;
const ML = 'providers/Microsoft.MachineLearningServices/workspaces';
const names = ({ body }: ArmAnswer): readonly string[] =>
  body.value.map((row: Partial<ArmBody>) => row.displayName ?? row.name ?? '');

describe('single resources', () => {
  test('a role at the workspace allows it there, and the answer says by which assignment', async () => {
    const { id } = emulated().workspace('ws1');
    const { status, headers } = await callArm(emulated(), 'trainer', id);
    expect(status).toBe(200);
    expect(headers.get('x-emu-decision')).toMatch(
      /^allow; action=Microsoft\.MachineLearningServices\/workspaces\/read; scope=.*ws1; role=AzureML Data Scientist; assignment=.*ws1\/providers\/Microsoft\.Authorization\/roleAssignments\/[\da-f-]{36}$/,
    );
  });

  test('a refusal is word for word that of Azure', async () => {
    const { id } = emulated().workspace('ws2');
    const { clientId, objectId } = emulated().app('trainer');
    const answer = await callArm(emulated(), 'trainer', id);
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({
      error: {
        code: 'AuthorizationFailed',
        message: `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action 'Microsoft.MachineLearningServices/workspaces/read' over scope '${id}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      },
    });
    expect(answer.headers.get('x-ms-error-code')).toBe('AuthorizationFailed');
    expect(answer.headers.get('x-emu-decision')).toBe(
      `deny; action=Microsoft.MachineLearningServices/workspaces/read; scope=${id}; nearest-role=none`,
    );
  });

  test('what notActions take away is refused, and the decision names the pattern', async () => {
    const { id } = emulated().workspace('ws1');
    const answer = await callArm(emulated(), 'trainer', id, { method: 'DELETE' });
    expect(answer).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
    expect(answer.headers.get('x-emu-decision')).toContain(
      'nearest-role=AzureML Data Scientist; reason=excluded; excluded-by=Microsoft.MachineLearningServices/workspaces/delete',
    );
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a Reader may not %s', async (method) => {
    const { id } = emulated().workspace('ws1');
    const path = method === 'POST' ? `${id}/listKeys` : id;
    const answer = await callArm(emulated(), 'auditor', path, { method, body: {} });
    expect(answer).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
    const action = { POST: 'listKeys/action', PUT: 'write', PATCH: 'write', DELETE: 'delete' }[method];
    expect(answer.body.error.message).toContain(`'Microsoft.MachineLearningServices/workspaces/${action}'`);
  });

  test('a role through two groups counts', async () => {
    const { status, headers } = await callArm(emulated(), 'in-group', emulated().workspace('ws2').id);
    expect(status).toBe(200);
    expect(headers.get('x-emu-decision')).toContain(`through=`);
  });

  test('a role at rg1 does not reach rg10', async () => {
    expect((await callArm(emulated(), 'rg1-reader', emulated().workspace('one').id)).status).toBe(200);
    expect((await callArm(emulated(), 'rg1-reader', emulated().workspace('ten').id)).status).toBe(403);
  });

  test('a role at the root reaches everything', async () => {
    expect((await callArm(emulated(), 'root', emulated().workspace('ten').id)).status).toBe(200);
    expect(
      (await callArm(emulated(), 'root', `/subscriptions/${emulated().subscription('other').id}`)).status,
    ).toBe(200);
  });

  test('ids in another case are the same resource', async () => {
    const { status, body } = await callArm(
      emulated(),
      'trainer',
      emulated().workspace('ws1').id.toUpperCase(),
    );
    expect(status).toBe(200);
    expect(body.name).toBe('ws1');
  });

  test('a custom role is enforced like a built-in one', async () => {
    expect((await callArm(emulated(), 'custom', emulated().workspace('one').id)).status).toBe(200);
    expect((await callArm(emulated(), 'custom', `${sub()}/resourceGroups/rg1`)).status).toBe(403);
  });
});

describe('lists', () => {
  test.each([
    ['trainer', ['dev']],
    ['auditor', ['dev']],
    ['in-group', ['dev']],
    ['root', ['dev', 'other']],
    ['nobody', []],
  ])('%s sees the subscriptions %j', async (app, expected) => {
    expect(names(await callArm(emulated(), app, '/subscriptions'))).toEqual(expected);
  });

  test.each([
    ['trainer', ['ws1']],
    ['auditor', ['ws1', 'ws2', 'one', 'ten']],
    ['in-group', ['ws1', 'ws2']],
    ['rg1-reader', ['one']],
    ['custom', ['ws1', 'ws2', 'one', 'ten']],
  ])('%s sees the workspaces %j of the subscription', async (app, expected) => {
    const answer = await callArm(emulated(), app, `${sub()}/${ML}`);
    expect(answer.status).toBe(200);
    expect(names(answer)).toEqual(expected);
  });

  test.each([
    ['trainer', []],
    ['rg1-reader', ['rg1']],
    ['auditor', ['rg-ml', 'rg1', 'rg10']],
  ])('%s sees the resource groups %j', async (app, expected) => {
    expect(names(await callArm(emulated(), app, `${sub()}/resourceGroups`))).toEqual(expected);
  });

  test('workspaces of one resource group only', async () => {
    expect(names(await callArm(emulated(), 'auditor', `${sub()}/resourceGroups/RG1/${ML}`))).toEqual(['one']);
  });

  test('without any role below, a list is refused', async () => {
    expect(await callArm(emulated(), 'nobody', `${sub()}/${ML}`)).toMatchObject({ status: 403 });
    expect(await callArm(emulated(), 'rg1-reader', `${sub()}/resourceGroups/rg10/${ML}`)).toMatchObject({
      status: 403,
    });
  });

  test('a filtered list says that it is one', async () => {
    const { headers } = await callArm(emulated(), 'trainer', `${sub()}/${ML}`);
    expect(headers.get('x-emu-decision')).toMatch(
      /^filter; action=Microsoft\.MachineLearningServices\/workspaces\/read/,
    );
  });
});

describe('permissions of the caller', () => {
  const PERMISSIONS = 'providers/Microsoft.Authorization/permissions';

  test('are those of the roles that reach the scope', async () => {
    const { body } = await callArm(emulated(), 'trainer', `${emulated().workspace('ws1').id}/${PERMISSIONS}`);
    expect(body.value).toHaveLength(1);
    expect(body.value[0]!.notActions).toContain('Microsoft.MachineLearningServices/workspaces/delete');
  });

  test('include those through groups, and leave out those below', async () => {
    const { body } = await callArm(
      emulated(),
      'in-group',
      `${emulated().workspace('ws1').id}/${PERMISSIONS}`,
    );
    expect(body.value).toMatchObject([{ actions: ['*/read'] }]);
    expect((await callArm(emulated(), 'trainer', `${sub()}/${PERMISSIONS}`)).body.value).toEqual([]);
  });
});
