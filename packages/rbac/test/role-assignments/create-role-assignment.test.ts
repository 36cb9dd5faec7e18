import type { Emulator, EmulatorSnapshot } from '@aml-auth/emulator';
import {
  createRoleAssignment,
  deleteRoleAssignment,
  findRoleAssignment,
  listRoleAssignments,
  roleAssignmentName,
  type CreateRoleAssignmentOptions,
} from '@aml-auth/rbac';
import type { ArmClient } from '@aml-auth/rest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { clientOf, collect, roles, startDemo } from '../support/emulated.js';

let emulator: Emulator;
let start: EmulatorSnapshot;
let arm: ArmClient;
let wanted: CreateRoleAssignmentOptions;

beforeAll(async () => {
  emulator = await startDemo([{ principal: 'app:platform-admin', role: 'Owner', scope: '/' }]);
  start = emulator.snapshot();
  arm = clientOf(emulator, 'platform-admin');
  wanted = {
    scope: emulator.workspace('ws1').id,
    principalId: emulator.app('auditor').objectId,
    principalType: 'ServicePrincipal',
    roleDefinitionId: roles.scientist,
  };
});

beforeEach(() => {
  emulator.restore(start);
});

afterAll(() => emulator.close());

/** Writes the wanted assignment as another client would. */
async function putByOther(name: string, more: Record<string, string> = {}): Promise<void> {
  await arm.request({
    method: 'PUT',
    path: `${wanted.scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    apiVersion: '2022-04-01',
    body: {
      properties: {
        principalId: wanted.principalId,
        roleDefinitionId: `/subscriptions/${emulator.subscription().id}/providers/Microsoft.Authorization/roleDefinitions/${roles.scientist}`,
        ...more,
      },
    },
  });
}

const ownName = (): string => roleAssignmentName(wanted.scope, wanted.principalId, wanted.roleDefinitionId);
const held = () =>
  collect(listRoleAssignments(arm, { scope: wanted.scope, principalId: wanted.principalId, atScope: true }));

describe('createRoleAssignment', () => {
  it('assigns the role under the name that follows from scope, principal and role', async () => {
    const { assignment, created } = await createRoleAssignment(arm, { ...wanted, description: 'On call' });
    expect(created).toBe(true);
    expect(assignment).toMatchObject({
      scope: wanted.scope,
      principalId: wanted.principalId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: expect.stringMatching(new RegExp(`${roles.scientist}$`)) as string,
    });
    expect(assignment.id.endsWith(ownName())).toBe(true);
    expect(await held()).toContainEqual(assignment);
    const { body } = await arm.request({ method: 'GET', path: assignment.id, apiVersion: '2022-04-01' });
    expect(body).toMatchObject({ properties: { description: 'On call' } });
  });

  it('assigns at the root', async () => {
    const { assignment, created } = await createRoleAssignment(arm, { ...wanted, scope: '/' });
    expect(created).toBe(true);
    expect(assignment).toMatchObject({
      scope: '/',
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roles.scientist}`,
    });
    expect((await createRoleAssignment(arm, { ...wanted, scope: '/' })).created).toBe(false);
  });

  it('finds what it assigned before, whatever the case of the ids', async () => {
    const first = await createRoleAssignment(arm, wanted);
    const again = await createRoleAssignment(arm, {
      ...wanted,
      scope: wanted.scope.toUpperCase(),
      principalId: wanted.principalId.toUpperCase(),
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roles.scientist.toUpperCase()}`,
    });
    expect(again).toEqual({ assignment: first.assignment, created: false });
  });

  it('takes the same assignment under another name as done', async () => {
    const name = crypto.randomUUID();
    await putByOther(name);
    const { assignment, created } = await createRoleAssignment(arm, wanted);
    expect([assignment.id.endsWith(name), created]).toEqual([true, false]);
    expect(
      (await held()).filter(({ roleDefinitionId }) => roleDefinitionId.endsWith(roles.scientist)),
    ).toHaveLength(1);
  });

  it.each([
    ['its own name', () => ownName()],
    ['another name', () => crypto.randomUUID()],
  ])('neither drops the condition of an assignment under %s, nor calls it the same', async (_what, name) => {
    const condition = "@Resource[Microsoft.X:y] StringEquals 'z'";
    await putByOther(name(), { condition, conditionVersion: '2.0' });
    await expect(createRoleAssignment(arm, wanted)).rejects.toMatchObject({
      code: 'AML_CONFLICT',
      message: expect.stringContaining('under a condition') as string,
    });
    expect(await held()).toContainEqual(expect.objectContaining({ condition }));
  });

  it('hands on that it "exists" where no such assignment can be found', async () => {
    await putByOther(crypto.randomUUID());
    const hiding: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const isList = request.method === 'GET' && request.url.includes('filter=');
      return isList ? Response.json({ value: [] }) : emulator.fetch(request);
    };
    await expect(
      createRoleAssignment(clientOf(emulator, 'platform-admin', hiding), wanted),
    ).rejects.toMatchObject({
      code: 'AML_CONFLICT',
      armCode: 'RoleAssignmentExists',
    });
  });

  it('does not take an assignment of that name for the wanted one where it is another', async () => {
    await createRoleAssignment(arm, wanted);
    const other: typeof fetch = async (input, init) => {
      const response = await emulator.fetch(input, init);
      if (!response.ok) return response;
      return new Response((await response.text()).replaceAll(roles.scientist, roles.owner), response);
    };
    await expect(
      createRoleAssignment(clientOf(emulator, 'platform-admin', other), wanted),
    ).rejects.toMatchObject({
      code: 'AML_CONFLICT',
      message: expect.stringContaining('is another') as string,
    });
  });

  it('looks a role of another subscription up in that of the scope, and does not name the other', async () => {
    const foreign = crypto.randomUUID();
    const idOf = (role: string): string =>
      `/subscriptions/${foreign}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    const sent: string[] = [];
    const recording: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      sent.push(`${request.url} ${await request.clone().text()}`);
      return emulator.fetch(request);
    };
    const client = clientOf(emulator, 'platform-admin', recording);
    const unknown = createRoleAssignment(client, { ...wanted, roleDefinitionId: idOf(crypto.randomUUID()) });
    await expect(unknown).rejects.toMatchObject({
      code: 'AML_REQUEST_REJECTED',
      armCode: 'RoleDefinitionDoesNotExist',
    });
    const { assignment } = await createRoleAssignment(client, {
      ...wanted,
      roleDefinitionId: idOf(roles.scientist),
    });
    expect(assignment.roleDefinitionId).toBe(
      `/subscriptions/${emulator.subscription().id}/providers/Microsoft.Authorization/roleDefinitions/${roles.scientist}`,
    );
    expect(sent).toHaveLength(4);
    expect(sent.join('\n')).not.toContain(foreign);
  });

  it.each([
    ['a scope', { scope: 'ws1' }],
    ['a principal', { principalId: 'auditor' }],
    ['a role', { roleDefinitionId: 'AzureML Data Scientist' }],
    [
      'a role of another kind',
      { roleDefinitionId: `/providers/Microsoft.Authorization/roleAssignments/${roles.reader}` },
    ],
    ['a condition', { condition: 'whatever' }],
  ])('refuses %s that is no id before it sends anything', async (_what, part) => {
    const sent = emulator.requests.length;
    await expect(createRoleAssignment(arm, { ...wanted, ...part })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
    expect(emulator.requests).toHaveLength(sent);
  });

  it('hands on what the service refuses', async () => {
    const stranger = createRoleAssignment(arm, { ...wanted, principalId: crypto.randomUUID() });
    await expect(stranger).rejects.toMatchObject({
      code: 'AML_REQUEST_REJECTED',
      armCode: 'PrincipalNotFound',
    });
    const trainer = createRoleAssignment(clientOf(emulator, 'trainer'), wanted);
    await expect(trainer).rejects.toMatchObject({ code: 'AML_FORBIDDEN', armCode: 'AuthorizationFailed' });
    const nowhere = createRoleAssignment(arm, { ...wanted, scope: `${wanted.scope}2` });
    await expect(nowhere).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
  });

  it('lets the principal do what the role allows', async () => {
    const auditor = clientOf(emulator, 'auditor');
    const assign = () =>
      createRoleAssignment(auditor, {
        ...wanted,
        principalId: emulator.app('trainer').objectId,
        roleDefinitionId: roles.reader,
      });
    await expect(assign()).rejects.toMatchObject({ code: 'AML_FORBIDDEN' });
    await createRoleAssignment(arm, { ...wanted, roleDefinitionId: roles.owner });
    expect((await assign()).created).toBe(true);
  });
});

describe('findRoleAssignment', () => {
  it('finds an assignment at this very scope only', async () => {
    const target = { principalId: emulator.app('auditor').objectId, roleDefinitionId: roles.reader };
    const subscription = `/subscriptions/${emulator.subscription().id}`;
    expect(await findRoleAssignment(arm, { ...target, scope: `${subscription}/` })).toMatchObject({
      scope: subscription,
    });
    expect(await findRoleAssignment(arm, { ...target, scope: wanted.scope })).toBeUndefined();
  });
});

describe('deleteRoleAssignment', () => {
  it('deletes it, and says so only once', async () => {
    const { assignment } = await createRoleAssignment(arm, wanted);
    expect(await deleteRoleAssignment(arm, assignment)).toBe(true);
    expect(await findRoleAssignment(arm, wanted)).toBeUndefined();
    expect(await deleteRoleAssignment(arm, assignment)).toBe(false);
  });

  it('refuses the id of anything else before it sends anything', async () => {
    const sent = emulator.requests.length;
    const assignments = `${wanted.scope}/providers/Microsoft.Authorization/roleAssignments`;
    for (const id of [
      wanted.scope,
      assignments,
      `${assignments}/x`,
      `${wanted.scope}/providers/Microsoft.Authorization/roleDefinitions/${roles.owner}`,
      `${assignments}/${ownName()}/x/y`,
      '/',
      '',
    ]) {
      await expect(deleteRoleAssignment(arm, { id })).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    }
    expect(emulator.requests).toHaveLength(sent);
  });

  it('hands on that the last Owner stays', async () => {
    const scope = `/subscriptions/${emulator.subscription().id}`;
    const principalId = emulator.app('platform-admin').objectId;
    const owner = await findRoleAssignment(arm, { scope, principalId, roleDefinitionId: roles.owner });
    await expect(deleteRoleAssignment(arm, { id: owner!.id })).rejects.toMatchObject({
      code: 'AML_CONFLICT',
    });
  });
});
