import type { Emulator } from '@aml-auth/emulator';
import { decide } from '@aml-auth/permissions';
import { readAccessSnapshot } from '@aml-auth/rbac';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { clientOf, startDemo } from '../support/emulated.js';

const readWorkspace = 'Microsoft.MachineLearningServices/workspaces/read';
const writeJob = 'Microsoft.MachineLearningServices/workspaces/jobs/write';
const team = '/providers/Microsoft.Management/managementGroups/Team';
let emulator: Emulator;
let scope: string;

beforeAll(async () => {
  emulator = await startDemo();
  scope = emulator.workspace('ws1').id;
});

afterAll(() => emulator.close());

/** The emulator, and in front of it an answer to the list of one type that it does not have itself. */
function answering(type: string, answer: () => Response): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    return new URL(request.url).pathname.endsWith(`/${type}`) ? answer() : emulator.fetch(request);
  };
}

const denyAssignment = {
  id: `${team}/providers/Microsoft.Authorization/denyAssignments/d1`,
  properties: {
    denyAssignmentName: 'Freeze',
    scope: team,
    permissions: [{ actions: ['*'], notActions: ['*/read'] }],
    principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
    excludePrincipals: [],
    isSystemProtected: true,
  },
};
const withDenials = () => answering('denyAssignments', () => Response.json({ value: [denyAssignment] }));

describe('readAccessSnapshot', () => {
  it('decides as the service would', async () => {
    const snapshot = await readAccessSnapshot(clientOf(emulator, 'auditor'), { scope });
    const verdict = (appName: string, action: string) =>
      decide(snapshot, { principalId: emulator.app(appName).objectId, action, scope }).verdict;
    expect([verdict('trainer', writeJob), verdict('auditor', writeJob)]).toEqual(['allowed', 'notAllowed']);
    expect([verdict('platform-admin', writeJob), verdict('auditor', readWorkspace)]).toEqual([
      'allowed',
      'allowed',
    ]);
  });

  it('reads what one principal has, with the groups that it has it through', async () => {
    const principalId = emulator.user('alice@contoso').id;
    const snapshot = await readAccessSnapshot(clientOf(emulator, 'auditor'), { scope, principalId });
    const groups = [emulator.group('data-science').id, emulator.group('everyone').id].sort();
    expect([...snapshot.memberOf![principalId]!].sort()).toEqual(groups);
    expect(snapshot.roleAssignments).toHaveLength(2);
    expect(decide(snapshot, { principalId, action: readWorkspace, scope }).verdict).toBe('allowed');
  });

  it('reads neither what is below the scope nor a group where there is none', async () => {
    const principalId = emulator.app('trainer').objectId;
    const resourceGroup = scope.replace(/\/providers\/.*/, '');
    const read = (at: string) =>
      readAccessSnapshot(clientOf(emulator, 'auditor'), { scope: at, principalId });
    expect(await read(resourceGroup)).toMatchObject({ roleAssignments: [], memberOf: { [principalId]: [] } });
    expect(await read(scope)).toMatchObject({
      roleAssignments: [{ principalId, scope }],
      memberOf: { [principalId]: [] },
    });
  });

  it('names deny assignments as unreadable where they are, and reads the rest', async () => {
    const refused = answering('denyAssignments', () =>
      Response.json({ error: { code: 'AuthorizationFailed', message: 'No.' } }, { status: 403 }),
    );
    const snapshot = await readAccessSnapshot(clientOf(emulator, 'auditor', refused), { scope });
    expect(snapshot.denyAssignments).toBeUndefined();
    expect(snapshot.unreadable).toMatchObject([
      { part: 'denyAssignments', error: { code: 'AML_FORBIDDEN', armCode: 'AuthorizationFailed' } },
    ]);
    expect(snapshot.roleAssignments.length).toBeGreaterThan(0);
  });

  it('counts deny assignments of a management group', async () => {
    const snapshot = await readAccessSnapshot(clientOf(emulator, 'auditor', withDenials()), { scope });
    expect(snapshot.unreadable).toEqual([]);
    const principalId = emulator.app('trainer').objectId;
    expect(decide(snapshot, { principalId, action: writeJob, scope }).verdict).toBe('denied');
    expect(decide(snapshot, { principalId, action: readWorkspace, scope }).verdict).toBe('allowed');
  });

  it('counts role assignments of management groups, whose place in the tree ids do not show', async () => {
    const principalId = crypto.randomUUID();
    const roleDefinitionId = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
    const value = [team, `${team}-of-teams`].map((group, index) => ({
      id: `${group}/providers/Microsoft.Authorization/roleAssignments/a${String(index)}`,
      properties: { scope: group, principalId, roleDefinitionId },
    }));
    const listing = answering('roleAssignments', () => Response.json({ value }));
    const snapshot = await readAccessSnapshot(clientOf(emulator, 'auditor', listing), { scope });
    expect(decide(snapshot, { principalId, action: readWorkspace, scope }).grants).toHaveLength(2);
    const elsewhere = '/subscriptions/11111111-1111-1111-1111-111111111111';
    expect(decide(snapshot, { principalId, action: readWorkspace, scope: elsewhere }).grants).toEqual([]);
  });

  it('fails where role assignments cannot be read, and where an answer is not what it should be', async () => {
    const stranger = readAccessSnapshot(clientOf(emulator, 'trainer'), {
      scope: `/subscriptions/${emulator.subscription().id}`,
    });
    await expect(stranger).rejects.toMatchObject({ code: 'AML_FORBIDDEN' });
    const broken = answering('denyAssignments', () => Response.json({ value: [{ id: 'x' }] }));
    await expect(readAccessSnapshot(clientOf(emulator, 'auditor', broken), { scope })).rejects.toMatchObject({
      code: 'AML_RESPONSE_INVALID',
    });
  });

  it('ends when it is cancelled', async () => {
    const signal = AbortSignal.abort();
    const reading = readAccessSnapshot(clientOf(emulator, 'auditor'), { scope, signal });
    await expect(reading).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  });

  it.each([{ scope: 'ws1' }, { principalId: 'alice' }])('refuses %j', async (part) => {
    const reading = readAccessSnapshot(clientOf(emulator, 'auditor'), { scope, ...part });
    await expect(reading).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
  });
});
