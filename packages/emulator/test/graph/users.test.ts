import type { EmulatorSeed } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { callArm } from '../support/emulated.js';
import { callGraph, userToken, type GraphAnswer } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { authorizeUrl, AZURE_CLI, byPassword, tokensOf, type UserTokens } from '../support/user-flows.js';
import { postToken } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = graphSeed.tenants;
const seed: EmulatorSeed = {
  ...graphSeed,
  tenants: [
    {
      ...contoso!,
      domains: ['contoso.com'],
      users: [
        ...contoso!.users!,
        { upn: 'helpdesk@contoso', password: 'helpdesk', roles: ['User Administrator'] },
        { upn: 'boss@contoso', password: 'boss', roles: ['Global Administrator'] },
      ],
      apps: [
        ...contoso!.apps!,
        { name: 'user-admin', graphPermissions: ['User.ReadWrite.All'], secrets: [{ value: 'user-admin' }] },
      ],
    },
    ...others,
  ],
};
const emulated = withEmulator({ seed });

const DORA = {
  accountEnabled: true,
  displayName: 'Dora Example',
  mailNickname: 'dora',
  userPrincipalName: 'dora@contoso.com',
  passwordProfile: { password: 'Tr0ub4dor&3', forceChangePasswordNextSignIn: false },
};
const as = (caller: string, method: string, path: string, body?: unknown): Promise<GraphAnswer> =>
  callGraph(emulated(), caller, path, { method, ...(body === undefined ? {} : { body }) });
const admin = (method: string, path: string, body?: unknown): Promise<GraphAnswer> =>
  as('user-admin', method, path, body);

/** The password grant by user principal name, which needs no seed. */
const signIn = async (username: string, password: string): Promise<Partial<UserTokens>> =>
  tokensOf(
    postToken(emulated(), {
      grant_type: 'password',
      client_id: AZURE_CLI,
      username,
      password,
      scope: 'https://management.azure.com/.default offline_access',
    }),
  );

describe('a new user', () => {
  test('is shown as it was made, signs in at once, and can be given a role', async () => {
    const { status, body } = await admin('POST', '/users', {
      ...DORA,
      jobTitle: 'Analyst',
      businessPhones: ['1'],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      displayName: 'Dora Example',
      userPrincipalName: 'dora@contoso.com',
      jobTitle: 'Analyst',
      businessPhones: ['1'],
      mail: null,
    });
    expect(body).not.toHaveProperty('passwordProfile');
    const kept = JSON.stringify([emulated().snapshot(), emulated().requests]);
    expect(kept).not.toContain(DORA.passwordProfile.password);
    expect(await signIn('DORA@contoso.com', 'Tr0ub4dor&3')).toHaveProperty('access_token');
    const role = '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7';
    const { subscription } = emulated();
    const assigned = await callArm(
      emulated(),
      'platform-admin',
      `/subscriptions/${subscription('dev').id}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`,
      { method: 'PUT', body: { properties: { roleDefinitionId: role, principalId: body.id } } },
    );
    expect(assigned.body.properties.principalType).toBe('User');
  });

  test('must change the password at the first sign-in, unless told otherwise', async () => {
    await admin('POST', '/users', { ...DORA, passwordProfile: { password: 'Tr0ub4dor&3' } });
    expect((await signIn('dora@contoso.com', 'Tr0ub4dor&3')).error_codes).toEqual([50055]);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['without a password', { passwordProfile: undefined }, /'passwordProfile'/],
    ['without accountEnabled', { accountEnabled: undefined }, /'accountEnabled'/],
    ['without a nickname', { mailNickname: undefined }, /'mailNickname'/],
    [
      'of a domain that the tenant does not have',
      { userPrincipalName: 'dora@example.org' },
      /verified domain/,
    ],
    ['whose name is none', { userPrincipalName: 'dora' }, /'userPrincipalName'/],
    ['whose name is taken', { userPrincipalName: 'alice@contoso.onmicrosoft.com' }, /already exists/],
    ['with a password that is too plain', { passwordProfile: { password: 'password' } }, /complexity/],
    ['with a property that does not exist', { shoeSize: '42' }, /'shoeSize'/],
  ])('%s is refused', async (_, change, message) => {
    const { status, body } = await admin('POST', '/users', { ...DORA, ...change });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });
});

describe('a change of a user', () => {
  const path = (): string => `/users/${emulated().user('alice@contoso').id}`;

  test('shows, and leaves the rest', async () => {
    expect((await admin('PATCH', path(), { displayName: 'Alice New', department: 'ML' })).status).toBe(204);
    const { body } = await admin('GET', `${path()}?$select=displayName,department,mail`);
    expect(body).toMatchObject({
      displayName: 'Alice New',
      department: 'ML',
      mail: 'alice@contoso.onmicrosoft.com',
    });
    expect(await byPassword(emulated(), 'alice@contoso')).toHaveProperty('access_token');
  });

  test('of the password ends what the user has', async () => {
    const { refresh_token: token } = await byPassword(emulated(), 'alice@contoso');
    const passwordProfile = { password: 'An0ther-one', forceChangePasswordNextSignIn: false };
    await admin('PATCH', path(), { passwordProfile });
    expect((await byPassword(emulated(), 'alice@contoso')).error_codes).toEqual([50126]);
    expect(await signIn('alice@contoso.onmicrosoft.com', 'An0ther-one')).toHaveProperty('access_token');
    const form = { grant_type: 'refresh_token', client_id: AZURE_CLI, refresh_token: token };
    expect((await tokensOf(postToken(emulated(), form))).error_codes).toEqual([50173]);
  });

  test('to disabled keeps the user out until enabled again', async () => {
    await admin('PATCH', path(), { accountEnabled: false });
    expect((await byPassword(emulated(), 'alice@contoso')).error_codes).toEqual([50057]);
    await admin('PATCH', path(), { accountEnabled: true });
    expect(await byPassword(emulated(), 'alice@contoso')).toHaveProperty('access_token');
  });

  test('of the name to one that is taken is refused', async () => {
    const name = 'owner@contoso.onmicrosoft.com';
    expect((await admin('PATCH', path(), { userPrincipalName: name })).status).toBe(400);
    expect((await admin('PATCH', path(), { userPrincipalName: 'ALICE@contoso.com' })).status).toBe(204);
    expect((await admin('GET', '/users/alice@contoso.com')).body.displayName).toBe('Alice');
  });
});

test('a user who is removed is gone from groups and can sign in no more', async () => {
  const { id } = emulated().user('alice@contoso');
  const group = emulated().group('data-science').id;
  expect((await admin('DELETE', `/users/${id}`)).status).toBe(204);
  expect((await admin('GET', `/users/${id}`)).status).toBe(404);
  const members = await callGraph(emulated(), 'reader', `/groups/${group}/members`);
  expect(members.body.value.map((member) => member.id)).not.toContain(id);
  const attempt = await signIn('alice@contoso.onmicrosoft.com', 'Pa55w0rd!');
  expect(attempt.error_codes).toEqual([50034]);
});

test('the sessions of a user are revoked by an administrator and by the user', async () => {
  const silent = { grant_type: 'refresh_token', client_id: AZURE_CLI };
  for (const revoke of [
    () => admin('POST', `/users/${emulated().user('owner@contoso').id}/revokeSignInSessions`, {}),
    async () => {
      const token = await userToken(emulated(), 'owner@contoso', 'owner-password');
      return as(token, 'POST', '/me/revokeSignInSessions');
    },
  ]) {
    const { refresh_token: token } = await byPassword(emulated(), 'owner@contoso');
    expect((await revoke()).body).toMatchObject({ value: true });
    const again = await tokensOf(postToken(emulated(), { ...silent, refresh_token: token }));
    expect(again.error_codes).toEqual([50173]);
  }
});

describe('who may', () => {
  test.each<[string, string, number]>([
    ['reader', '', 403],
    ['group-admin', '', 403],
    ['owner@contoso', 'owner-password', 403],
    ['helpdesk@contoso', 'helpdesk', 201],
    ['boss@contoso', 'boss', 201],
  ])('%s makes a user: %s%i', async (who, password, expected) => {
    const caller = password === '' ? who : await userToken(emulated(), who, password);
    const { status, headers } = await as(caller, 'POST', '/users', DORA);
    expect(status).toBe(expected);
    expect(headers.get('x-emu-decision')).toContain('operation=user.create');
  });

  test('an administrator of users has no say about policies', async () => {
    const token = await userToken(emulated(), 'helpdesk@contoso', 'helpdesk');
    const { status, headers } = await as(token, 'GET', '/identity/conditionalAccess/policies');
    expect(status).toBe(403);
    expect(headers.get('x-emu-decision')).toContain(
      'needs one of the directory roles: Global Administrator,',
    );
    const boss = await userToken(emulated(), 'boss@contoso', 'boss');
    expect((await as(boss, 'GET', '/identity/conditionalAccess/policies')).status).toBe(200);
  });
});

test('what a Graph call made signs in on the pages too', async () => {
  await admin('POST', '/users', { ...DORA, userPrincipalName: 'dora@contoso.onmicrosoft.com' });
  const url = authorizeUrl(emulated());
  const { fields } = await emulated().signIn({ upn: 'dora@contoso', url, password: 'Tr0ub4dor&3' });
  expect(fields).toHaveProperty('code');
});
