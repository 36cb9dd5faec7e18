import { describe, expect, test } from 'vitest';

import { accessSeed } from '../support/access-seed.js';
import { callArm, postToken, type ArmBody } from '../support/emulated.js';
import { ARM_SCOPE, AZURE_CLI } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const AUTHORIZATION = 'providers/Microsoft.Authorization';
const ELEVATE = `/${AUTHORIZATION}/elevateAccess`;
const ENTITIES = '/providers/Microsoft.Management/getEntities';

const emulated = withEmulator({
  seed: {
    ...accessSeed,
    tenants: accessSeed.tenants.map((tenant) => ({
      ...tenant,
      users: [
        ...tenant.users!,
        { upn: 'root@contoso', password: 'root-password', roles: ['Global Administrator'] },
        { upn: 'classic@contoso', password: 'classic-password' },
      ],
    })),
    subscriptions: accessSeed.subscriptions!.map((subscription) =>
      subscription.name === 'dev'
        ? { ...subscription, classicAdministrators: [{ email: 'classic@contoso.onmicrosoft.com' }] }
        : subscription,
    ),
  },
});

/** Calls Azure Resource Manager as a user. */
async function callAs(upn: string, method: string, path: string) {
  const { name, password = '' } = emulated().user(upn);
  const form = { grant_type: 'password', client_id: AZURE_CLI, username: name, password, scope: ARM_SCOPE };
  const token = (await (await postToken(emulated(), form)).json()) as { access_token: string };
  const version = path.includes('Microsoft.Authorization') ? '2022-04-01' : '2020-05-01';
  const response = await emulated().fetch(`${emulated().origin}${path}?api-version=${version}`, {
    method,
    headers: { authorization: `Bearer ${token.access_token}` },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

const sub = (): string => `/subscriptions/${emulated().subscription('dev').id}`;

describe('elevateAccess', () => {
  test('makes a Global Administrator User Access Administrator at the root, also twice', async () => {
    const list = `${sub()}/${AUTHORIZATION}/roleAssignments`;
    expect((await callAs('root@contoso', 'GET', list)).status).toBe(403);
    for (let time = 0; time < 2; time += 1) {
      const { status, headers, text } = await callAs('root@contoso', 'POST', ELEVATE);
      expect([status, text]).toEqual([200, '']);
      expect(headers.get('x-emu-decision')).toContain('directory-role=Global Administrator');
    }
    const { status, text } = await callAs('root@contoso', 'GET', list);
    expect(status).toBe(200);
    const own = (JSON.parse(text) as ArmBody).value.filter(({ properties }) => {
      return (
        (properties as unknown as { principalId: string }).principalId === emulated().user('root@contoso').id
      );
    });
    expect(own).toMatchObject([{ properties: { scope: '/', principalType: 'User' } }]);
    expect((await callAs('root@contoso', 'DELETE', own[0]!.id)).status).toBe(200);
    expect((await callAs('root@contoso', 'GET', list)).status).toBe(403);
  });

  test('is refused to everybody else, an Owner at the root too', async () => {
    expect((await callAs('alice@contoso', 'POST', ELEVATE)).status).toBe(403);
    const answer = await callArm(emulated(), 'root-owner', ELEVATE, { method: 'POST' });
    expect(answer).toMatchObject({ status: 403, code: 'AuthorizationFailed' });
    expect(answer.headers.get('x-emu-decision')).toContain('Global Administrator');
    expect((await callArm(emulated(), 'root-owner', ELEVATE)).status).toBe(403);
  });
});

describe('the last Owner of a subscription', () => {
  test.each([
    ['root@contoso', 200],
    ['classic@contoso', 200],
    ['alice@contoso', 412],
  ])('taken away by %s: %i', async (upn, status) => {
    const { id } = emulated().user(upn);
    const administrator = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9';
    const name = 'c0ffee00-0000-4000-8000-000000000070';
    const roleDefinitionId = `/${AUTHORIZATION}/roleDefinitions/${administrator}`;
    await callArm(emulated(), 'platform-admin', `${sub()}/${AUTHORIZATION}/roleAssignments/${name}`, {
      method: 'PUT',
      body: { properties: { roleDefinitionId, principalId: id } },
    });
    const filter = `principalId eq '${emulated().app('platform-admin').objectId}'`;
    const path = `${sub()}/${AUTHORIZATION}/roleAssignments?$filter=${filter}`;
    const [owner] = (await callArm(emulated(), 'platform-admin', path)).body.value;
    expect(owner!.properties.roleDefinitionId).toContain(OWNER);
    expect((await callAs(upn, 'DELETE', owner!.id)).status).toBe(status);
  });
});

describe('getEntities', () => {
  interface Entity {
    readonly name: string;
    readonly properties: { readonly permissions: string; readonly parentNameChain: readonly string[] };
  }
  const entities = async (app: string): Promise<readonly Entity[]> => {
    const { status, body } = await callArm(emulated(), app, ENTITIES, { method: 'POST' });
    expect(status).toBe(200);
    return body.value as unknown as readonly Entity[];
  };
  const id = (name: string): string => emulated().subscription(name).id;

  test('lists what the caller may read, and the groups above', async () => {
    const tenant = emulated().tenant().id;
    const rows = await entities('top-reader');
    expect(
      rows.map(({ name, properties }) => [name, properties.permissions, properties.parentNameChain]),
    ).toEqual([
      [tenant, 'noaccess', []],
      ['top', 'view', [tenant]],
      ['team', 'view', [tenant, 'top']],
      [id('dev'), 'view', [tenant, 'top', 'team']],
      [id('prod'), 'view', [tenant, 'top']],
    ]);
    expect((await entities('nobody')).length).toBe(0);
  });

  test('says what may be changed, and counts', async () => {
    const rows = await entities('root-owner');
    expect(rows).toHaveLength(7);
    expect(new Set(rows.map(({ properties }) => properties.permissions))).toEqual(new Set(['edit']));
    expect(rows[0]).toMatchObject({
      properties: {
        numberOfDescendants: 6,
        numberOfChildren: 3,
        numberOfChildGroups: 2,
        parent: { id: null },
      },
    });
  });
});
