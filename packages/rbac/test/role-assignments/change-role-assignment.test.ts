import { manualClock } from '@aml-auth/core/testing';
import type { Emulator, EmulatorApp, EmulatorSnapshot } from '@aml-auth/emulator';
import {
  createRoleAssignment,
  deleteRoleAssignment,
  findRoleAssignment,
  getRoleAssignment,
  updateRoleAssignment,
  type CreateRoleAssignmentOptions,
  type ReplicationWait,
} from '@aml-auth/rbac';
import type { ArmClient } from '@aml-auth/rest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { clientOf, graphOf, roles, startDemo } from '../support/emulated.js';

const CONDITION =
  "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEquals 'User'))";
const ABSENT = '11111111-2222-4333-8444-555555555555';
let emulator: Emulator;
let start: EmulatorSnapshot;
let arm: ArmClient;
let wanted: CreateRoleAssignmentOptions;

beforeAll(async () => {
  emulator = await startDemo();
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

afterEach(() => {
  emulator.faults.clear();
});

afterAll(() => emulator.close());

const writes = (): number =>
  emulator.requests.filter(({ method, path }) => method === 'PUT' && path.includes('roleAssignments')).length;

/** Waits without time passing: the clock moves as soon as somebody waits by it. */
function waiting(): Required<Pick<CreateRoleAssignmentOptions, 'clock' | 'onReplicationWait'>> & {
  waits: ReplicationWait[];
} {
  const clock = manualClock();
  const waits: ReplicationWait[] = [];
  return {
    clock,
    waits,
    onReplicationWait(wait) {
      waits.push(wait);
      queueMicrotask(() => {
        emulator.clock.advance(wait.delayMs);
        clock.advance(wait.delayMs);
      });
    },
  };
}

describe('a condition', () => {
  it('is assigned, and the same one is the same however it is written', async () => {
    const { assignment, created } = await createRoleAssignment(arm, { ...wanted, condition: CONDITION });
    expect([created, assignment.condition, assignment.conditionVersion]).toEqual([true, CONDITION, '2.0']);
    const spaced = CONDITION.replaceAll(' OR ', '\n or  ');
    expect((await createRoleAssignment(arm, { ...wanted, condition: spaced })).created).toBe(false);
  });

  it('is neither added to an assignment, nor replaced by another', async () => {
    const { assignment } = await createRoleAssignment(arm, wanted);
    const conditional = { ...wanted, condition: CONDITION };
    await expect(createRoleAssignment(arm, conditional)).rejects.toMatchObject({ code: 'AML_CONFLICT' });
    await deleteRoleAssignment(arm, assignment);
    await createRoleAssignment(arm, conditional);
    const other = { ...wanted, condition: CONDITION.replace("'User'", "'Group'") };
    await expect(createRoleAssignment(arm, other)).rejects.toMatchObject({ code: 'AML_CONFLICT' });
    expect(await findRoleAssignment(arm, wanted)).toMatchObject({ condition: CONDITION });
  });
});

describe('updateRoleAssignment', () => {
  it('changes description and condition, one without the other, and tells what was before', async () => {
    const { assignment } = await createRoleAssignment(arm, { ...wanted, description: 'On call' });
    const { id } = assignment;
    const first = await updateRoleAssignment(arm, { id, condition: CONDITION });
    expect(first).toMatchObject({
      changed: true,
      before: { description: 'On call' },
      assignment: { id, description: 'On call', condition: CONDITION, conditionVersion: '2.0' },
    });
    const second = await updateRoleAssignment(arm, { id, description: null });
    expect(second.assignment).toMatchObject({ description: undefined, condition: CONDITION });
    const third = await updateRoleAssignment(arm, { id, condition: null });
    expect(third.assignment).toMatchObject({ condition: undefined, principalType: 'ServicePrincipal' });
    expect(await getRoleAssignment(arm, { id })).toEqual(third.assignment);
  });

  it('writes nothing where nothing changes', async () => {
    const { assignment } = await createRoleAssignment(arm, { ...wanted, condition: CONDITION });
    const before = writes();
    const update = { id: assignment.id, condition: ` ${CONDITION}`, description: undefined };
    expect(await updateRoleAssignment(arm, update)).toMatchObject({ changed: false });
    expect(writes()).toBe(before);
  });

  it('names what is missing, and refuses a condition that cannot be read', async () => {
    const id = `${wanted.scope}/providers/Microsoft.Authorization/roleAssignments/${ABSENT}`;
    await expect(updateRoleAssignment(arm, { id, condition: null })).rejects.toMatchObject({
      code: 'AML_NOT_FOUND',
      message: expect.stringContaining(id) as string,
    });
    const { assignment } = await createRoleAssignment(arm, wanted);
    await expect(updateRoleAssignment(arm, { id: assignment.id, condition: 'x y' })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });
});

describe('deleteRoleAssignment', () => {
  it('deletes by scope, principal and role, whatever the name', async () => {
    const name = crypto.randomUUID();
    await arm.request({
      method: 'PUT',
      path: `${wanted.scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
      apiVersion: '2022-04-01',
      body: {
        properties: {
          principalId: wanted.principalId,
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roles.scientist}`,
        },
      },
    });
    const { scope, principalId, roleDefinitionId } = wanted;
    const target = { scope, principalId, roleDefinitionId };
    expect(await deleteRoleAssignment(arm, target)).toBe(true);
    expect(await deleteRoleAssignment(arm, target)).toBe(false);
  });

  it('says who must be made Owner first where it is the last one', async () => {
    const scope = `/subscriptions/${emulator.subscription().id}`;
    const { objectId } = emulator.app('platform-admin');
    const last = { scope, principalId: objectId, roleDefinitionId: roles.owner };
    await expect(deleteRoleAssignment(arm, last)).rejects.toMatchObject({
      armCode: 'CannotDeleteLastRbacAdminAssignment',
      remedy: expect.stringContaining('an Owner') as string,
    });
  });
});

describe('a write without an answer', () => {
  it('counts where it was carried out', async () => {
    const losing: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const response = await emulator.fetch(request);
      if (request.method === 'PUT') throw new TypeError('fetch failed');
      return response;
    };
    const clock = manualClock();
    const impatient = clientOf(emulator, 'platform-admin', losing, {
      clock,
      timeLimits: { totalMs: 100 },
    });
    expect(await createRoleAssignment(impatient, wanted)).toMatchObject({ created: true });
    expect(await findRoleAssignment(arm, wanted)).toBeDefined();
  });

  it('fails where it was not', async () => {
    const losing: typeof fetch = (input, init) => {
      const request = new Request(input, init);
      return request.method === 'PUT'
        ? Promise.reject(new TypeError('fetch failed'))
        : emulator.fetch(request);
    };
    const impatient = clientOf(emulator, 'platform-admin', losing, {
      clock: manualClock(),
      timeLimits: { totalMs: 100 },
    });
    await expect(createRoleAssignment(impatient, wanted)).rejects.toMatchObject({ code: 'AML_NETWORK' });
  });
});

describe('a principal that Azure does not find', () => {
  it('is waited for where Microsoft Graph has it: a group that is not known everywhere as yet', async () => {
    emulator.faults.add({ preset: 'graphReplication', replicationDelayMs: 5_000 });
    const graph = graphOf(emulator, 'platform-admin');
    const { body } = await graph.request({
      method: 'POST',
      path: '/groups',
      body: { displayName: 'team', mailEnabled: false, mailNickname: 'team', securityEnabled: true },
    });
    const principalId = (body as { id: string }).id;
    const time = waiting();
    const result = await createRoleAssignment(arm, {
      ...wanted,
      principalId,
      principalType: 'Group',
      graph,
      ...time,
    });
    expect(result).toMatchObject({ created: true, assignment: { principalId, principalType: 'Group' } });
    expect(time.waits.map(({ attempt, delayMs }) => [attempt, delayMs])).toEqual([
      [1, 1_000],
      [2, 2_000],
      [3, 4_000],
    ]);
  });

  it('is waited for where the caller made it just now, also without Microsoft Graph', async () => {
    emulator.faults.add({
      match: { method: 'PUT', path: '**/roleAssignments/*' },
      do: { status: 400, body: { error: { code: 'PrincipalNotFound', message: 'Not yet.' } } },
      times: 2,
    });
    const time = waiting();
    expect(await createRoleAssignment(arm, { ...wanted, principalIsNew: true, ...time })).toMatchObject({
      created: true,
    });
    expect(time.waits).toHaveLength(2);
  });

  it('is not waited for longer than it was said', async () => {
    const time = waiting();
    const options = { ...wanted, principalId: ABSENT, principalIsNew: true, replicationMs: 20_000, ...time };
    await expect(createRoleAssignment(arm, options)).rejects.toMatchObject({
      code: 'AML_REQUEST_REJECTED',
      armCode: 'PrincipalNotFound',
      message: expect.stringContaining('after 20 seconds') as string,
    });
    expect(time.waits.map(({ delayMs }) => delayMs)).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it.each([
    ['an application id', (app: EmulatorApp) => app.clientId, 'is an application (client) id'],
    [
      'the object id of a registration',
      (app: EmulatorApp) => app.applicationId,
      'is the object id of an application registration',
    ],
  ])('is named at once where it is %s', async (_what, idOf, message) => {
    const time = waiting();
    const before = writes();
    const app = emulator.app('auditor');
    const options = { ...wanted, principalId: idOf(app), principalIsNew: true, ...time };
    const graph = graphOf(emulator, 'platform-admin');
    await expect(createRoleAssignment(arm, { ...options, graph })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      armCode: 'PrincipalNotFound',
      message: expect.stringContaining(message) as string,
      remedy: `Give principalId ${app.objectId}.`,
    });
    expect([time.waits, writes() - before]).toEqual([[], 1]);
  });

  it('is refused at once where nothing has the id, and where nobody can be asked', async () => {
    const time = waiting();
    const options = { ...wanted, principalId: ABSENT, ...time };
    const graph = graphOf(emulator, 'platform-admin');
    await expect(createRoleAssignment(arm, { ...options, graph })).rejects.toMatchObject({
      code: 'AML_REQUEST_REJECTED',
      armCode: 'PrincipalNotFound',
      message: expect.stringContaining(`There is no principal with the object id`) as string,
    });
    for (const blind of [undefined, graphOf(emulator, 'trainer')]) {
      await expect(createRoleAssignment(arm, { ...options, graph: blind })).rejects.toMatchObject({
        code: 'AML_REQUEST_REJECTED',
        remedy: expect.stringContaining('no application (client) id') as string,
      });
    }
    expect(time.waits).toEqual([]);
  });

  it('is named with its kind where the caller says another', async () => {
    const wrong = { ...wanted, principalId: emulator.user('alice@contoso').id };
    await expect(createRoleAssignment(arm, wrong)).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
      armCode: 'UnmatchedPrincipalType',
    });
    const graph = graphOf(emulator, 'platform-admin');
    await expect(createRoleAssignment(arm, { ...wrong, graph })).rejects.toMatchObject({
      message: expect.stringMatching(/is a User "alice@.*and no ServicePrincipal/) as string,
      remedy: 'Give principalType User.',
    });
    // A group that is too new for Azure to see, and of which the caller says that it is a user.
    emulator.faults.add({
      match: { method: 'PUT', path: '**/roleAssignments/*' },
      do: { status: 400, body: { error: { code: 'PrincipalNotFound', message: 'Not yet.' } } },
    });
    const group = { ...wanted, principalId: emulator.group('everyone').id, principalIsNew: true };
    await expect(createRoleAssignment(arm, { ...group, graph })).rejects.toMatchObject({
      remedy: 'Give principalType Group.',
    });
  });
});
