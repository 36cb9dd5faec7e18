import type { Emulator } from '@aml-auth/emulator';
import {
  getDenyAssignment,
  listDenyAssignments,
  listRoleAssignments,
  type ListDenyAssignmentsOptions,
  type ListRoleAssignmentsOptions,
} from '@aml-auth/rbac';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { clientOf, collect, startDemo } from '../support/emulated.js';

let emulator: Emulator;
let subscription: string;
let resourceGroup: string;
let workspace: string;

beforeAll(async () => {
  emulator = await startDemo([], {
    denyAssignments: [
      { name: 'Freeze', scope: '/dev', actions: ['Microsoft.Compute/*/delete'] },
      { name: 'Keep group', scope: '/dev/rg-ml', actions: ['Microsoft.Storage/*/delete'] },
      {
        name: 'Keep workspace',
        scope: '/dev/rg-ml/ws1',
        actions: ['Microsoft.MachineLearningServices/workspaces/delete'],
        principals: ['app:trainer'],
      },
    ],
  });
  subscription = `/subscriptions/${emulator.subscription().id}`;
  resourceGroup = `${subscription}/resourceGroups/rg-ml`;
  workspace = emulator.workspace('ws1').id;
});

afterAll(() => emulator.close());

async function scopes(options: Partial<ListRoleAssignmentsOptions>): Promise<readonly string[]> {
  const arm = clientOf(emulator, 'platform-admin');
  const found = await collect(listRoleAssignments(arm, { scope: resourceGroup, ...options }));
  return found.map(({ scope }) => scope).sort();
}

describe('listRoleAssignments', () => {
  it('lists what is at, above and below a scope, over several pages', async () => {
    expect(await scopes({})).toEqual([subscription, subscription, resourceGroup, workspace, workspace]);
  });

  it('lists what is at and above a scope', async () => {
    expect(await scopes({ atScope: true })).toEqual([subscription, subscription, resourceGroup]);
  });

  it('lists what is at, above or below a scope, and nothing else', async () => {
    expect(await scopes({ placement: 'at' })).toEqual([resourceGroup]);
    expect(await scopes({ placement: 'above' })).toEqual([subscription, subscription]);
    expect(await scopes({ placement: 'below' })).toEqual([workspace, workspace]);
    const { objectId } = emulator.app('trainer');
    expect(await scopes({ placement: 'below', principalId: objectId })).toEqual([workspace]);
    expect(await scopes({ placement: 'at', principalId: objectId })).toEqual([]);
  });

  it('lists what one principal has, without its groups', async () => {
    const { objectId } = emulator.app('trainer');
    expect(await scopes({ principalId: objectId.toUpperCase() })).toEqual([workspace]);
    expect(await scopes({ principalId: emulator.user('alice@contoso').id })).toEqual([]);
  });

  it('keeps to the scope and to the principal where both are asked for', async () => {
    const { objectId } = emulator.app('auditor');
    expect(await scopes({ atScope: true, principalId: objectId })).toEqual([subscription]);
    expect(await scopes({ atScope: true, principalId: emulator.app('trainer').objectId })).toEqual([]);
  });

  it('lists what a principal has through groups of groups', async () => {
    const assignedTo = emulator.user('alice@contoso').id;
    expect(await scopes({ assignedTo })).toEqual([resourceGroup, workspace]);
    expect(await scopes({ assignedTo, atScope: true })).toEqual([resourceGroup]);
    const principalId = emulator.group('everyone').id;
    expect(await scopes({ assignedTo, principalId })).toEqual([workspace]);
  });

  it.each([{ scope: 'rg-ml' }, { principalId: "x' or 'y" }, { assignedTo: 'alice' }])(
    'refuses %j',
    async (part) => {
      await expect(scopes(part)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    },
  );
});

describe('deny assignments', () => {
  const denials = (options: Partial<ListDenyAssignmentsOptions> = {}) =>
    collect(listDenyAssignments(clientOf(emulator, 'platform-admin'), { scope: resourceGroup, ...options }));
  const namesOf = async (options?: Partial<ListDenyAssignmentsOptions>) =>
    (await denials(options)).map(({ denyAssignmentName }) => denyAssignmentName);

  it('are those that count at a scope, or those at, above or below it', async () => {
    expect(await namesOf()).toEqual(['Freeze', 'Keep group']);
    expect(await namesOf({ placement: 'at' })).toEqual(['Keep group']);
    expect(await namesOf({ placement: 'above' })).toEqual(['Freeze']);
    expect(await namesOf({ placement: 'below' })).toEqual(['Keep workspace']);
    expect(await namesOf({ scope: workspace })).toEqual(['Freeze', 'Keep group', 'Keep workspace']);
  });

  it('are found by name and by the principal that they name', async () => {
    expect(await namesOf({ scope: workspace, name: 'keep GROUP' })).toEqual(['Keep group']);
    const { objectId: principalId } = emulator.app('trainer');
    expect(await namesOf({ scope: workspace, principalId })).toEqual(['Keep workspace']);
    expect(await namesOf({ principalId, placement: 'above' })).toEqual([]);
  });

  it('are read by their id, with what they deny', async () => {
    const arm = clientOf(emulator, 'platform-admin');
    const [freeze] = await denials({ name: 'Freeze' });
    expect(freeze).toMatchObject({ isSystemProtected: expect.any(Boolean) as boolean });
    expect(await getDenyAssignment(arm, { id: freeze!.id })).toEqual(freeze);
    expect(freeze!.permissions[0]!.actions).toEqual(['Microsoft.Compute/*/delete']);
    const absent = freeze!.id.replace(/[^/]+$/, '11111111-2222-4333-8444-555555555555');
    expect(await getDenyAssignment(arm, { id: absent })).toBeUndefined();
    await expect(getDenyAssignment(arm, { id: workspace })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
  });
});
