import { describe, expect, test } from 'vitest';

import { callGraph, userToken, type GraphAnswer } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { byPassword } from '../support/user-flows.js';
import { secretForm, postToken } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = graphSeed.tenants;
const emulated = withEmulator({
  seed: {
    ...graphSeed,
    tenants: [
      {
        ...contoso!,
        apps: [
          ...contoso!.apps!,
          {
            name: 'app-admin',
            graphPermissions: ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'],
            secrets: [{ value: 'app-admin' }],
          },
        ],
      },
      ...others,
    ],
  },
});

const call = (caller: string, method: string, path: string, body?: unknown): Promise<GraphAnswer> =>
  callGraph(emulated(), caller, path, { method, ...(body === undefined ? {} : { body }) });
const admin = (method: string, path: string, body?: unknown): Promise<GraphAnswer> =>
  call('app-admin', method, path, body);
const desktop = (): string => `/servicePrincipals/${emulated().app('desktop').objectId}`;
const NO_ROLE = '00000000-0000-0000-0000-000000000000';
const codes = async (): Promise<readonly number[] | undefined> => {
  const change = { client_id: emulated().app('desktop').clientId };
  const tokens: Partial<{ error_codes: readonly number[] }> = await byPassword(
    emulated(),
    'alice@contoso',
    change,
  );
  return tokens.error_codes;
};

test('whoever owns a service principal assigns users to it, and nobody else does', async () => {
  const token = await userToken(emulated(), 'owner@contoso', 'owner-password');
  const { id: principalId } = emulated().user('alice@contoso');
  const assignment = {
    principalId,
    resourceId: emulated().app('desktop').objectId,
    appRoleId: NO_ROLE,
  };
  const path = `${desktop()}/appRoleAssignedTo`;
  expect((await call(token, 'POST', path, assignment)).status).toBe(403);
  const owner = `https://graph.microsoft.com/v1.0/directoryObjects/${emulated().user('owner@contoso').id}`;
  expect((await admin('POST', `${desktop()}/owners/$ref`, { '@odata.id': owner })).status).toBe(204);
  const made = await call(token, 'POST', path, assignment);
  expect(made.status).toBe(201);
  expect((await call(token, 'DELETE', `${path}/${made.body.id}`)).status).toBe(204);
});

describe('an application that wants users to be assigned', () => {
  test('keeps them out until they are, and again afterwards', async () => {
    expect((await admin('PATCH', desktop(), { appRoleAssignmentRequired: true })).status).toBe(204);
    expect((await admin('GET', desktop())).body).toMatchObject({ appRoleAssignmentRequired: true });
    expect(await codes()).toEqual([50105]);
    const body = {
      principalId: emulated().user('alice@contoso').id,
      resourceId: emulated().app('desktop').objectId,
      appRoleId: NO_ROLE,
    };
    const made = await admin('POST', `${desktop()}/appRoleAssignedTo`, body);
    expect(made).toMatchObject({
      status: 201,
      body: { principalType: 'User', principalDisplayName: 'Alice' },
    });
    expect(await codes()).toBeUndefined();
    expect((await admin('POST', `${desktop()}/appRoleAssignedTo`, body)).status).toBe(400);
    const list = await admin('GET', `${desktop()}/appRoleAssignedTo`);
    expect(list.body.value.map(({ id }) => id)).toEqual([made.body.id]);
    expect((await admin('DELETE', `${desktop()}/appRoleAssignedTo/${made.body.id}`)).status).toBe(204);
    expect((await admin('DELETE', `${desktop()}/appRoleAssignedTo/${made.body.id}`)).status).toBe(404);
    expect(await codes()).toEqual([50105]);
  });

  test.each<[string, Record<string, string>, number]>([
    ['nobody', { principalId: '00000000-0000-4000-8000-00000000dead' }, 404],
    ['no GUID', { principalId: 'alice' }, 400],
    ['another resource', { resourceId: '00000000-0000-4000-8000-00000000dead' }, 400],
  ])('takes no assignment of %s', async (_, change, status) => {
    const body = {
      principalId: emulated().user('alice@contoso').id,
      resourceId: emulated().app('desktop').objectId,
      appRoleId: NO_ROLE,
      ...change,
    };
    expect((await admin('POST', `${desktop()}/appRoleAssignedTo`, body)).status).toBe(status);
  });

  test('is not for everybody to open', async () => {
    const body = { principalId: emulated().user('alice@contoso').id, resourceId: '', appRoleId: NO_ROLE };
    expect((await call('reader', 'POST', `${desktop()}/appRoleAssignedTo`, body)).status).toBe(403);
  });
});

test('a disabled application gets no tokens, for itself or for users', async () => {
  await admin('PATCH', desktop(), { accountEnabled: false });
  expect(await codes()).toEqual([7000112]);
  await admin('PATCH', `/servicePrincipals/${emulated().app('reader').objectId}`, { accountEnabled: false });
  const response = await postToken(emulated(), secretForm(emulated(), 'reader'));
  expect(await response.json()).toMatchObject({ error: 'unauthorized_client', error_codes: [7000112] });
});

test('other changes of a service principal are refused by name', async () => {
  const { status, body } = await admin('PATCH', desktop(), { displayName: 'x' });
  expect(status).toBe(400);
  expect(body.error.message).toContain("'displayName'");
});

describe('owners of a group', () => {
  const group = (): string => `/groups/${emulated().group('data-science').id}`;
  const reference = (id: string): unknown => ({
    '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
  });

  test('are added, listed and removed, and manage the group meanwhile', async () => {
    const owner = emulated().user('owner@contoso').id;
    const token = await userToken(emulated(), 'owner@contoso', 'owner-password');
    const rename = (): Promise<GraphAnswer> => call(token, 'PATCH', group(), { description: 'Ours' });
    expect((await rename()).status).toBe(403);
    expect((await call('group-admin', 'POST', `${group()}/owners/$ref`, reference(owner))).status).toBe(204);
    expect((await call('reader', 'GET', `${group()}/owners`)).body.value.map(({ id }) => id)).toEqual([
      owner,
    ]);
    expect((await rename()).status).toBe(204);
    const member = emulated().user('bob@contoso').id;
    expect((await call(token, 'POST', `${group()}/members/$ref`, reference(member))).status).toBe(204);
    expect((await call('group-admin', 'DELETE', `${group()}/owners/${owner}/$ref`)).status).toBe(204);
    expect((await rename()).status).toBe(403);
  });
});

describe('the filters that az sends', () => {
  test.each<[string, () => string, string[]]>([
    [
      'an application by its id',
      () => `/applications?$filter=appId eq '${emulated().app('owned').clientId}'`,
      ['owned'],
    ],
    [
      'a service principal by a name',
      () =>
        `/servicePrincipals?$filter=servicePrincipalNames/any(c:c eq '${emulated().app('owned').clientId}')`,
      ['owned'],
    ],
    [
      'applications by the start of a name',
      () => "/applications?$filter=startswith(displayName,'owne')",
      ['owned'],
    ],
    [
      'a user by either name',
      () =>
        "/users?$filter=userPrincipalName eq 'alice@contoso.onmicrosoft.com' or mail eq 'alice@contoso.onmicrosoft.com'",
      ['Alice'],
    ],
    ['a user by mail', () => "/users?$filter=mail eq 'alice@contoso.onmicrosoft.com'", ['Alice']],
  ])('find %s', async (_, path, expected) => {
    const { status, body } = await call('reader', 'GET', path());
    expect(status).toBe(200);
    expect(body.value.map(({ displayName }) => displayName)).toEqual(expected);
  });

  test('find an application by its URI', async () => {
    const id = emulated().app('owned').applicationId;
    await admin('PATCH', `/applications/${id}`, { identifierUris: ['api://owned'] });
    const found = await call(
      'reader',
      'GET',
      "/applications?$filter=identifierUris/any(s:s eq 'api://owned')",
    );
    expect(found.body.value.map((row) => row.id)).toEqual([id]);
  });

  test.each(['applications', 'servicePrincipals'])(
    'are not needed for %s by their application id',
    async (kind) => {
      const { clientId } = emulated().app('owned');
      expect((await call('reader', 'GET', `/${kind}(appId='${clientId}')`)).body.appId).toBe(clientId);
    },
  );

  test.each(['$orderby=displayName', '$search="displayName:a"', '$expand=members'])(
    '%s is refused by name',
    async (query) => {
      const { status, body } = await call('reader', 'GET', `/groups?${query}`);
      expect(status).toBe(400);
      expect(body.error.message).toContain(query.split('=')[0]);
    },
  );
});
