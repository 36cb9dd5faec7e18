import { afterEach, describe, expect, test } from 'vitest';

import { accessSeed } from '../support/access-seed.js';
import { callArm, type ArmAnswer } from '../support/emulated.js';
import { callGraph } from '../support/graph.js';
import { withEmulator } from '../support/with-emulator.js';

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const role = `/providers/Microsoft.Authorization/roleDefinitions/${READER}`;
const GROUP = '/providers/Microsoft.Management/managementGroups/other';

const emulated = withEmulator({
  seed: {
    ...accessSeed,
    tenants: accessSeed.tenants.map((tenant) => ({ ...tenant, customRoleLimit: 1 })),
    subscriptions: accessSeed.subscriptions!.map((subscription) =>
      // The seed has five in it already.
      subscription.name === 'dev' ? { ...subscription, roleAssignmentLimit: 6 } : subscription,
    ),
  },
});

const guid = (index: number): string => `c0ffee00-0000-4000-8000-${String(index).padStart(12, '0')}`;
const assign = (
  scope: string,
  name: string,
  properties: Record<string, unknown> = { principalId: emulated().app('nobody').objectId },
): Promise<ArmAnswer> =>
  callArm(emulated(), 'root-owner', `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, {
    method: 'PUT',
    body: { properties: { roleDefinitionId: role, ...properties } },
  });
const sub = (name = 'dev'): string => `/subscriptions/${emulated().subscription(name).id}`;

describe('limits', () => {
  test('a subscription takes so many role assignments, at all scopes together, and others still take more', async () => {
    expect((await assign(emulated().workspace('ws1').id, guid(1))).status).toBe(201);
    const refused = await assign(`${sub()}/resourceGroups/rg-ml`, guid(2));
    expect(refused).toMatchObject({ status: 400, code: 'RoleAssignmentLimitExceeded' });
    expect(refused.body.error.message).toBe('No more role assignments can be created.');
    expect((await assign(sub('prod'), guid(3))).status).toBe(201);
    expect((await assign(GROUP, guid(4))).status).toBe(201);
  });

  test('what exists can still be changed, and exists is said first', async () => {
    await assign(sub(), guid(1));
    const { objectId } = emulated().app('nobody');
    expect((await assign(sub(), guid(1), { principalId: objectId, description: 'why' })).status).toBe(200);
    expect(await assign(sub(), guid(2))).toMatchObject({ status: 409, code: 'RoleAssignmentExists' });
  });

  test('a management group takes 500', async () => {
    const { objectId: principalId } = emulated().app('nobody');
    const snapshot = emulated().snapshot();
    const [row] = Object.values(snapshot.tables['roleAssignments']!) as Record<string, unknown>[];
    const full = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        guid(1_000 + index),
        { ...row!, name: guid(1_000 + index), scope: GROUP, principalId: guid(index) },
      ]),
    );
    const { roleAssignments } = snapshot.tables;
    emulated().restore({
      ...snapshot,
      tables: { ...snapshot.tables, roleAssignments: { ...roleAssignments, ...full } },
    });
    expect(await assign(GROUP, guid(1), { principalId })).toMatchObject({
      code: 'RoleAssignmentLimitExceeded',
    });
    expect((await assign(`${GROUP.slice(0, -5)}top`, guid(1), { principalId })).status).toBe(201);
  });

  test('a tenant takes so many custom roles', async () => {
    const define = (name: string, roleName: string): Promise<ArmAnswer> =>
      callArm(
        emulated(),
        'root-owner',
        `${sub()}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
        {
          method: 'PUT',
          body: {
            properties: { roleName, assignableScopes: [sub()], permissions: [{ actions: ['*/read'] }] },
          },
        },
      );
    expect((await define(guid(1), 'One')).status).toBe(201);
    const refused = await define(guid(2), 'Two');
    expect(refused).toMatchObject({ status: 400, code: 'RoleDefinitionLimitExceeded' });
    expect(refused.body.error.message).toBe(
      'Role definition limit exceeded. No more role definitions can be created.',
    );
    expect((await define(guid(1), 'Uno')).status).toBe(201);
  });

  test('a description has at most 2,048 characters', async () => {
    const { objectId: principalId } = emulated().app('nobody');
    const answer = await assign(sub(), guid(1), { principalId, description: 'x'.repeat(2_049) });
    expect(answer).toMatchObject({ status: 400, code: 'BadRequestFormat' });
  });
});

describe('a principal that is not replicated yet', () => {
  afterEach(() => {
    emulated().faults.clear();
    emulated().clock.reset();
  });

  const make = async (path: string, body: unknown): Promise<string> => {
    const answer = await callGraph(emulated(), 'root-owner', path, { method: 'POST', body });
    expect(answer.status).toBe(201);
    return (answer.body as unknown as { id: string }).id;
  };
  const young = async (kind: 'group' | 'servicePrincipal'): Promise<string> => {
    const application = await callGraph(emulated(), 'root-owner', '/applications', {
      method: 'POST',
      body: { displayName: 'young' },
    });
    emulated().faults.add({ preset: 'graphReplication', replicationDelayMs: 30_000 });
    if (kind === 'servicePrincipal') {
      return make('/servicePrincipals', { appId: (application.body as unknown as { appId: string }).appId });
    }
    return make('/groups', {
      displayName: 'young',
      mailEnabled: false,
      mailNickname: 'y',
      securityEnabled: true,
    });
  };

  test.each(['group', 'servicePrincipal'] as const)('%s does not exist, until it is', async (kind) => {
    const principalId = await young(kind);
    const refused = await assign(sub(), guid(1), { principalId });
    expect(refused).toMatchObject({ status: 400, code: 'PrincipalNotFound' });
    expect(refused.body.error.message).toContain(
      `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ${emulated().tenant().id}.`,
    );
    emulated().clock.advance('30s');
    expect((await assign(sub(), guid(1), { principalId })).status).toBe(201);
  });

  test('a service principal is taken on trust where the request says that it is one; a group is not', async () => {
    const principalId = await young('servicePrincipal');
    const trusted = { principalId, principalType: 'ServicePrincipal' };
    expect((await assign(sub(), guid(1), trusted)).status).toBe(201);
    const group = await young('group');
    expect(await assign(sub('prod'), guid(2), { principalId: group, principalType: 'Group' })).toMatchObject({
      status: 400,
      code: 'PrincipalNotFound',
    });
  });
});
