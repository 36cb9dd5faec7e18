import { demoSeed } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { dependents, links } from '../support/dependents.js';
import { callArm, callArmToEnd, type ArmAnswer } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const names = ['ws1', 'ws2', 'ws3', 'ws4', 'ws5'];
const emulated = withEmulator({
  pageSize: 2,
  seed: {
    ...demoSeed,
    subscriptions: [
      {
        name: 'dev',
        resourceGroups: [
          {
            name: 'rg-ml',
            workspaces: names.map((name) => ({ name, kind: name === 'ws5' ? 'Hub' : 'Default' })),
          },
          { name: 'rg-ml2', identities: [{ name: 'id-own' }], resources: dependents },
        ],
      },
    ],
  },
});

const group = (name = 'rg-ml'): string =>
  `/subscriptions/${emulated().subscription('dev').id}/resourceGroups/${name}`;
const workspace = (name: string, rg = 'rg-ml'): string =>
  `${group(rg)}/providers/Microsoft.MachineLearningServices/workspaces/${name}`;
const admin = (path: string, method = 'GET', body?: unknown): Promise<ArmAnswer> =>
  callArm(emulated(), 'platform-admin', path, { method, body });

const adminToEnd = (path: string, method: string, body?: unknown): Promise<ArmAnswer> =>
  callArmToEnd(emulated(), 'platform-admin', path, { method, body });

describe('paging', () => {
  test('nextLink leads through all pages and keeps the query', async () => {
    const seen: string[] = [];
    let next: string | undefined =
      `${group()}/providers/Microsoft.MachineLearningServices/workspaces?api-version=2024-10-01&kind=default`;
    let pages = 0;
    while (next !== undefined) {
      const { body } = await admin(next);
      seen.push(...body.value.map(({ name }) => name));
      next = body.nextLink;
      pages += 1;
      if (next !== undefined) {
        expect(next).toContain(`${emulated().origin}/subscriptions/`);
        expect(new URL(next).searchParams.get('kind')).toBe('default');
        expect(new URL(next).searchParams.has('$skip')).toBe(true);
      }
    }
    expect(seen).toEqual(['ws1', 'ws2', 'ws3', 'ws4']);
    expect(pages).toBe(2);
  });

  test('a continuation that is none is refused', async () => {
    const path = `${group()}/providers/Microsoft.MachineLearningServices/workspaces?$skip=nonsense`;
    expect(await admin(path)).toMatchObject({ status: 400, code: 'InvalidSkipToken' });
  });
});

describe('life cycle', () => {
  test('one is made with a managed identity, read, changed and deleted', async () => {
    const made = await adminToEnd(workspace('fresh', 'rg-ml2'), 'PUT', {
      location: 'West Europe',
      tags: { team: 'a' },
      identity: { type: 'systemAssigned' },
      properties: { friendlyName: 'Fresh', ...links(emulated()) },
    });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      id: workspace('fresh', 'rg-ml2'),
      name: 'fresh',
      type: 'Microsoft.MachineLearningServices/workspaces',
      location: 'westeurope',
      tags: { team: 'a' },
      identity: { type: 'SystemAssigned', tenantId: emulated().tenant().id },
      properties: {
        friendlyName: 'Fresh',
        ...links(emulated()),
        provisioningState: 'Succeeded',
        discoveryUrl: `${emulated().origin}/data-plane/westeurope/discovery`,
      },
      systemData: { createdBy: emulated().app('platform-admin').clientId, createdByType: 'Application' },
    });
    expect(emulated().workspace('fresh').principalId).toBe(made.body.identity.principalId);

    const changed = await admin(workspace('FRESH', 'RG-ML2'), 'PATCH', {
      properties: { description: 'new' },
    });
    expect(changed.body).toMatchObject({
      name: 'fresh',
      tags: { team: 'a' },
      properties: { friendlyName: 'Fresh', description: 'new' },
    });
    expect((await admin(workspace('fresh', 'rg-ml2'), 'HEAD')).status).toBe(204);
    const again = await adminToEnd(workspace('fresh', 'rg-ml2'), 'PUT', { location: 'westeurope' });
    expect(again).toMatchObject({ status: 200, body: { name: 'fresh', properties: links(emulated()) } });

    expect((await adminToEnd(workspace('fresh', 'rg-ml2'), 'DELETE')).status).toBe(204);
    expect((await admin(workspace('fresh', 'rg-ml2'), 'DELETE')).status).toBe(204);
    const gone = await admin(workspace('fresh', 'rg-ml2'));
    expect(gone).toMatchObject({ status: 404, code: 'ResourceNotFound' });
    expect(gone.body.error.message).toBe(
      "The Resource 'Microsoft.MachineLearningServices/workspaces/fresh' under resource group 'rg-ml2' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    );
  });

  test.each<[string, string, unknown, number, string]>([
    ['no location', 'fresh', {}, 400, 'LocationRequired'],
    ['a name that is too short', 'x', { location: 'westeurope' }, 400, 'ValidationError'],
    ['another location', 'ws1', { location: 'eastus' }, 409, 'InvalidResourceLocation'],
    [
      'an identity that is none',
      'fresh',
      { location: 'westeurope', identity: { type: 'x' } },
      400,
      'InvalidIdentityType',
    ],
    ['tags that are none', 'fresh', { location: 'westeurope', tags: { a: 1 } }, 400, 'InvalidRequestContent'],
    [
      'properties that are none',
      'fresh',
      { location: 'westeurope', properties: [] },
      400,
      'InvalidRequestContent',
    ],
  ])('%s is refused', async (_, name, body, status, code) => {
    expect(await admin(workspace(name), 'PUT', body)).toMatchObject({ status, code });
  });

  test('user-assigned identities are shown', async () => {
    const id = emulated().identity('id-own').id;
    const { body } = await admin(workspace('ws1'), 'PATCH', {
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [id]: {} } },
    });
    expect(body.identity.type).toBe('SystemAssigned,UserAssigned');
    expect(Object.keys(body.identity.userAssignedIdentities)).toEqual([id]);
  });
});

describe('resource groups', () => {
  test('one is made, read, changed and deleted with what is in it', async () => {
    const made = await admin(group('new'), 'PUT', { location: 'North Europe', tags: { a: 'b' } });
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: group('new'),
        name: 'new',
        type: 'Microsoft.Resources/resourceGroups',
        location: 'northeurope',
        tags: { a: 'b' },
        properties: { provisioningState: 'Succeeded' },
      },
    });
    expect((await admin(group('NEW'), 'HEAD')).status).toBe(204);
    expect((await admin(group('none'), 'HEAD')).status).toBe(404);
    expect((await admin(group('new'), 'PATCH', { tags: {} })).body.tags).toEqual({});
    await admin(workspace('inside', 'new'), 'PUT', {
      location: 'northeurope',
      properties: links(emulated()),
    });
    const deleting = await admin(group('new'), 'DELETE');
    expect(deleting.status).toBe(202);
    const location = deleting.headers.get('location')!;
    expect(new URL(location).pathname).toMatch(
      /^\/subscriptions\/[\da-f-]{36}\/operationresults\/[\da-f-]{36}$/,
    );
    expect((await admin(location)).status).toBe(200);
    expect(await admin(group('new'))).toMatchObject({ status: 404, code: 'ResourceGroupNotFound' });
    expect(() => emulated().workspace('inside')).toThrow(/no workspace inside/);
  });

  test.each<[string, string, unknown, number, string]>([
    ['no location', 'new', {}, 400, 'LocationRequired'],
    ['another location', 'rg-ml', { location: 'eastus' }, 409, 'InvalidResourceGroupLocation'],
    ['a bad name', 'a$b', { location: 'eastus' }, 400, 'InvalidResourceGroup'],
  ])('%s is refused', async (_, name, body, status, code) => {
    expect(await admin(group(name), 'PUT', body)).toMatchObject({ status, code });
  });
});
