import { beforeAll, describe, expect, test } from 'vitest';

import { withAz, type Az } from '../support/az.ts';

const running = withAz();
let az: Az;

beforeAll(async () => {
  az = await running().newAz();
  const { clientId, tenantId, secret = '' } = running().emulator.app('platform-admin');
  await az.json('login', '--service-principal', '-u', clientId, '--tenant', tenantId, '-p', secret);
});

const group = (): string => `/subscriptions/${running().emulator.subscription().id}/resourceGroups/rg-ml`;

interface Assignment {
  readonly id: string;
  readonly principalId: string;
  readonly principalName: string;
  readonly principalType: string;
  readonly roleDefinitionName: string;
  readonly scope: string;
}

async function assignmentsOf(assignee: string, ...more: string[]): Promise<readonly Assignment[]> {
  return (await az.json('role', 'assignment', 'list', '--assignee', assignee, ...more)) as Assignment[];
}

describe('az ad sp create-for-rbac --sdk-auth', () => {
  test('makes a service principal with a role, which signs in and may what the role says', async () => {
    const { emulator, newAz } = running();
    const made = (await az.json(
      ...['ad', 'sp', 'create-for-rbac', '--name', 'ml-auth', '--role', 'AzureML Data Scientist'],
      ...['--scopes', emulator.workspace().id, '--sdk-auth'],
    )) as Record<string, string>;
    expect(Object.keys(made)).toEqual([
      'clientId',
      'clientSecret',
      'subscriptionId',
      'tenantId',
      'activeDirectoryEndpointUrl',
      'resourceManagerEndpointUrl',
      'activeDirectoryGraphResourceId',
      'sqlManagementEndpointUrl',
      'galleryEndpointUrl',
      'managementEndpointUrl',
    ]);
    expect(made).toMatchObject({
      subscriptionId: emulator.subscription().id,
      tenantId: emulator.tenant().id,
      activeDirectoryEndpointUrl: 'https://login.microsoftonline.com',
    });

    const { clientId = '', clientSecret = '', tenantId = '' } = made;
    expect(await assignmentsOf(clientId, '--scope', emulator.workspace().id)).toMatchObject([
      { roleDefinitionName: 'AzureML Data Scientist', principalType: 'ServicePrincipal' },
    ]);

    const other = await newAz();
    await other.json(
      'login',
      '--service-principal',
      '-u',
      clientId,
      '-p',
      clientSecret,
      '--tenant',
      tenantId,
    );
    const url = `${emulator.workspace().id}?api-version=2024-10-01`;
    expect(await other.json('rest', '--url', url)).toMatchObject({ name: 'ws1' });
    const { code, stderr } = await other.run(['rest', '--method', 'delete', '--url', url]);
    expect(code).toBe(1);
    expect(stderr).toContain('AuthorizationFailed');
    expect(stderr).toContain('Microsoft.MachineLearningServices/workspaces/delete');
  });

  test('takes an application of that name over, as Azure CLI does, with a new secret', async () => {
    const create = () =>
      az.json('ad', 'sp', 'create-for-rbac', '--name', 'twice') as Promise<Record<string, string>>;
    const first = await create();
    const second = await create();
    expect(second['appId']).toBe(first['appId']);
    const { emulator, newAz } = running();
    const login = (password: string) => [
      ...['login', '--service-principal', '-u', first['appId']!, '-p', password],
      ...['--tenant', emulator.tenant().id, '--allow-no-subscriptions'],
    ];
    expect((await (await newAz()).run(login(second['password']!))).code).toBe(0);
    expect((await (await newAz()).run(login(first['password']!))).stderr).toMatch(/AADSTS7000215/);
  });
});

describe('az ad', () => {
  test('sp show finds a service principal by its application id', async () => {
    const { clientId, objectId } = running().emulator.app('trainer');
    expect(await az.json('ad', 'sp', 'show', '--id', clientId)).toMatchObject({
      id: objectId,
      appId: clientId,
      displayName: 'trainer',
      servicePrincipalType: 'Application',
    });
  });

  test('sp show says what is missing', async () => {
    const unknown = '11111111-2222-4333-8444-555555555555';
    const { code, stderr } = await az.run(['ad', 'sp', 'show', '--id', unknown]);
    expect(code).toBe(3);
    expect(stderr).toContain(unknown);
  });

  test('lists users, members and owners', async () => {
    const names = async (...args: string[]) =>
      ((await az.json(...args)) as { userPrincipalName?: string }[]).map((row) => row.userPrincipalName);
    expect(await names('ad', 'user', 'list')).toContain('alice@contoso.onmicrosoft.com');
    expect(await names('ad', 'group', 'member', 'list', '--group', 'data-science')).toEqual([
      'alice@contoso.onmicrosoft.com',
    ]);
    expect(
      await az.json('ad', 'app', 'owner', 'list', '--id', running().emulator.app('trainer').clientId),
    ).toEqual([]);
  });
});

describe('az role assignment', () => {
  test('creates, lists and deletes', async () => {
    const alice = running().emulator.user('alice@contoso');
    const create = ['role', 'assignment', 'create', '--assignee', alice.name, '--role', 'Reader'];
    const made = (await az.json(...create, '--scope', group())) as Assignment;
    expect(made).toMatchObject({ principalId: alice.id, principalType: 'User', scope: group() });

    // The second time Azure answers 409, and az shows the one that is there.
    expect(await az.json(...create, '--scope', group())).toMatchObject({ id: made.id });

    expect(await assignmentsOf(alice.name, '--scope', group())).toMatchObject([
      { id: made.id, roleDefinitionName: 'Reader', principalName: alice.name },
    ]);
    const withGroups = await assignmentsOf(alice.name, '--all', '--include-groups');
    expect(withGroups.map(({ principalName }) => principalName).sort()).toEqual([alice.name, 'data-science']);

    await az.json(
      ...['role', 'assignment', 'delete', '--assignee', alice.name, '--role', 'Reader', '--scope', group()],
    );
    expect(await assignmentsOf(alice.name, '--scope', group())).toEqual([]);
  });

  test('takes an object id and a principal type, and so asks Microsoft Graph nothing', async () => {
    const { objectId } = running().emulator.app('auditor');
    const before = running().emulator.requests.length;
    expect(
      await az.json(
        ...['role', 'assignment', 'create', '--assignee-object-id', objectId],
        ...['--assignee-principal-type', 'ServicePrincipal', '--role', 'AzureML Compute Operator'],
        ...['--scope', group()],
      ),
    ).toMatchObject({ principalId: objectId });
    const asked = running().emulator.requests.slice(before);
    expect(asked.some(({ path }) => path.startsWith('/v1.0/'))).toBe(false);
  });

  test('is told that a principal does not exist', async () => {
    const { code, stderr } = await az.run([
      ...['role', 'assignment', 'create', '--assignee-object-id', '11111111-2222-4333-8444-555555555555'],
      ...['--role', 'Reader', '--scope', group()],
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('(PrincipalNotFound)');
  });

  test('list --all and --include-inherited show those of others', async () => {
    const all = (await az.json('role', 'assignment', 'list', '--all')) as Assignment[];
    expect(all.map(({ roleDefinitionName }) => roleDefinitionName)).toEqual(
      expect.arrayContaining(['Owner', 'Reader', 'AzureML Data Scientist']),
    );
    const inherited = (await az.json(
      ...['role', 'assignment', 'list', '--scope', group(), '--include-inherited'],
    )) as Assignment[];
    expect(inherited).toContainEqual(expect.objectContaining({ roleDefinitionName: 'Owner' }));
  });

  test('role definition list knows the built-in roles', async () => {
    expect(await az.json('role', 'definition', 'list', '--name', 'AzureML Data Scientist')).toMatchObject([
      { name: 'f6c7c914-8db3-469d-8ca1-694a8f32e121', roleType: 'BuiltInRole' },
    ]);
  });
});

describe('az rest', () => {
  test('reads a workspace, with the token of Azure Resource Manager', async () => {
    const url = `https://management.azure.com${running().emulator.workspace().id}?api-version=2024-10-01`;
    expect(await az.json('rest', '--url', url)).toMatchObject({
      name: 'ws1',
      properties: { provisioningState: 'Succeeded' },
    });
  });

  test('reads Microsoft Graph, with the token of that', async () => {
    expect(await az.json('rest', '--url', 'https://graph.microsoft.com/v1.0/organization')).toMatchObject({
      value: [{ id: running().emulator.tenant().id }],
    });
  });

  test('makes and removes a resource group', async () => {
    const url = `${group()}-of-az?api-version=2022-12-01`;
    const body = JSON.stringify({ location: 'westeurope' });
    expect(await az.json('rest', '--method', 'put', '--url', url, '--body', body)).toMatchObject({
      properties: { provisioningState: 'Succeeded' },
    });
    expect(await az.json('group', 'exists', '--name', 'rg-ml-of-az')).toBe(true);
    await az.json('group', 'delete', '--name', 'rg-ml-of-az', '--yes');
    expect(await az.json('group', 'exists', '--name', 'rg-ml-of-az')).toBe(false);
  });

  test('shows what the service refuses', async () => {
    const { code, stderr } = await az.run([
      'rest',
      '--url',
      `${group()}/providers/Microsoft.Nothing/x?api-version=1`,
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('Not Found');
  });
});

test('az wanted nothing of the cloud that the emulator lacks', () => {
  // az looks for a newer version of itself, and for hints of its makers.
  const expected =
    /^(azure\.microsoft\.com|aka\.ms|app\.aladdin\.microsoft\.com|pypi\.org|raw\.githubusercontent\.com):443$/;
  expect(running().refused.filter((host) => !expected.test(host))).toEqual([]);
});
