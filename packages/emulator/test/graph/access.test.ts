import { manualClock } from '@aml-auth/core/testing';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';

import { tokenOf } from '../support/emulated.js';
import { callGraph, GRAPH_SCOPE, userToken } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';
import { withEmulator } from '../support/with-emulator.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const clock = manualClock(NOW);
const emulated = withEmulator({ clock, seed: graphSeed });
const ID = '11111111-2222-4333-8444-555555555555';

function get(authorization: string | undefined, path = '/graph/v1.0/users'): Promise<Response> {
  return emulated().fetch(`${emulated().origin}${path}`, {
    headers: { 'client-request-id': ID, ...(authorization === undefined ? {} : { authorization }) },
  });
}

describe('the bearer token', () => {
  test('a missing one is refused with the envelope of Microsoft Graph', async () => {
    const response = await get(undefined);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: {
        code: 'InvalidAuthenticationToken',
        message: 'Access token is empty.',
        innerError: {
          date: '2026-11-22T09:00:00',
          'request-id': response.headers.get('request-id'),
          'client-request-id': ID,
        },
      },
    });
    expect(response.headers.get('client-request-id')).toBe(ID);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer realm="", authorization_uri="${emulated().origin}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`,
    );
  });

  test.each([
    ['Basic abc', 'Access token is empty.'],
    ['Bearer nonsense', 'IDX14100: JWT is not well formed.'],
  ])('%s is refused', async (authorization, message) => {
    const response = await get(authorization);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'InvalidAuthenticationToken', message } });
  });

  test('one for Azure Resource Manager is refused, and it is on the same host', async () => {
    const response = await get(`Bearer ${await tokenOf(emulated(), 'reader')}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { message: 'Access token validation failure. Invalid audience.' },
    });
  });

  test.each([GRAPH_SCOPE, '00000003-0000-0000-c000-000000000000/.default', 'own'])(
    'one for %s is accepted',
    async (scope) => {
      const own = `${emulated().cloud.graph.audience}/.default`;
      const token = await tokenOf(emulated(), 'reader', scope === 'own' ? own : scope);
      expect((await get(`Bearer ${token}`)).status).toBe(200);
    },
  );

  test('it expires on the clock of the emulator', async () => {
    const token = await tokenOf(emulated(), 'reader', GRAPH_SCOPE);
    clock.advance(3_600_000);
    expect(await callGraph(emulated(), token, '/users')).toMatchObject({
      status: 401,
      body: { error: { message: 'Lifetime validation failed, the token is expired.' } },
    });
  });

  test('carries the granted application permissions as roles, for Microsoft Graph only', async () => {
    expect(decodeJwt(await tokenOf(emulated(), 'group-admin', GRAPH_SCOPE))).toMatchObject({
      roles: ['Group.ReadWrite.All', 'User.Read.All'],
    });
    expect(decodeJwt(await tokenOf(emulated(), 'group-admin'))).not.toHaveProperty('roles');
    expect(decodeJwt(await tokenOf(emulated(), 'trainer', GRAPH_SCOPE))).not.toHaveProperty('roles');
  });
});

describe('permissions', () => {
  test('without one everything is refused, word for word', async () => {
    const answer = await callGraph(emulated(), 'trainer', '/users');
    expect(answer).toMatchObject({ status: 403, code: 'Authorization_RequestDenied' });
    expect(answer.body.error.message).toBe('Insufficient privileges to complete the operation.');
    expect(answer.headers.get('x-ms-error-code')).toBe('Authorization_RequestDenied');
    expect(answer.headers.get('x-emu-decision')).toBe(
      'deny; operation=user.read; needs one of: User.Read.All, User.ReadWrite.All, Directory.Read.All, Directory.ReadWrite.All',
    );
  });

  test.each([
    ['reader', 'GET', '/users', 200],
    ['reader', 'GET', '/groups', 200],
    ['reader', 'GET', '/applications', 200],
    ['reader', 'GET', '/organization', 200],
    ['reader', 'POST', '/applications', 403],
    ['reader', 'POST', '/groups', 403],
    ['reader', 'GET', '/identity/conditionalAccess/policies', 403],
    ['group-admin', 'GET', '/applications', 403],
    ['group-admin', 'GET', '/organization', 403],
    ['group-admin', 'GET', '/users', 200],
    ['deployer', 'GET', '/applications', 200],
    ['deployer', 'GET', '/users', 403],
    ['platform-admin', 'POST', '/groups', 403],
    ['policy-writer', 'GET', '/identity/conditionalAccess/policies', 403],
  ])('%s %s %s: %i', async (app, method, path, status) => {
    expect(await callGraph(emulated(), app, path, { method })).toMatchObject({ status });
  });

  test('an answer says what allowed it', async () => {
    const { headers } = await callGraph(emulated(), 'reader', '/users');
    expect(headers.get('x-emu-decision')).toBe('allow; operation=user.read; permission=Directory.Read.All');
  });

  test('Application.ReadWrite.OwnedBy reaches what the caller owns, and nothing else', async () => {
    const [owned, other] = ['owned', 'trainer'].map((name) => emulated().app(name).applicationId);
    const body = { notes: 'changed' };
    const path = (id = ''): string => `/applications/${id}`;
    expect(await callGraph(emulated(), 'deployer', path(owned), { method: 'PATCH', body })).toMatchObject({
      status: 204,
    });
    expect(await callGraph(emulated(), 'deployer', path(other), { method: 'PATCH', body })).toMatchObject({
      status: 403,
    });
  });

  test('who may not know is not told whether something exists', async () => {
    const answer = await callGraph(emulated(), 'deployer', `/applications/${ID}`, { method: 'DELETE' });
    expect(answer).toMatchObject({ status: 403 });
  });
});

describe('users', () => {
  test('read themselves and the directory', async () => {
    const token = await userToken(emulated(), 'owner@contoso', 'owner-password');
    const me = await callGraph(emulated(), token, '/me');
    expect(me.body).toMatchObject({ userPrincipalName: 'owner@contoso.onmicrosoft.com' });
    expect(await callGraph(emulated(), token, '/users')).toMatchObject({ status: 200 });
    expect((await callGraph(emulated(), token, '/me/memberOf')).body.value).toEqual([]);
  });

  test('manage the applications that they own, and make new ones', async () => {
    const token = await userToken(emulated(), 'owner@contoso', 'owner-password');
    const add = (app: string): ReturnType<typeof callGraph> =>
      callGraph(emulated(), token, `/applications/${emulated().app(app).applicationId}/addPassword`, {
        method: 'POST',
      });
    expect(await add('owned')).toMatchObject({ status: 200 });
    expect(await add('trainer')).toMatchObject({ status: 403, code: 'Authorization_RequestDenied' });
    const made = await callGraph(emulated(), token, '/applications', {
      method: 'POST',
      body: { displayName: 'mine' },
    });
    expect(made.status).toBe(201);
    const principal = await callGraph(emulated(), token, '/servicePrincipals', {
      method: 'POST',
      body: { appId: made.body.appId },
    });
    expect(principal.status).toBe(201);
  });

  test('do not manage groups and policies', async () => {
    const token = await userToken(emulated(), 'owner@contoso', 'owner-password');
    for (const path of ['/groups', '/identity/conditionalAccess/policies']) {
      expect(await callGraph(emulated(), token, path, { method: 'POST', body: {} })).toMatchObject({
        status: 403,
      });
    }
  });

  test('an application has no /me', async () => {
    expect(await callGraph(emulated(), 'reader', '/me')).toMatchObject({
      status: 400,
      code: 'Request_BadRequest',
    });
  });
});

describe('other tenants', () => {
  test('are out of sight', async () => {
    const { id } = emulated().user('mallory@fabrikam');
    expect(await callGraph(emulated(), 'reader', `/users/${id}`)).toMatchObject({ status: 404 });
    expect(await callGraph(emulated(), 'stranger', `/users/${id}`)).toMatchObject({ status: 200 });
    expect((await callGraph(emulated(), 'stranger', '/users')).body.value).toHaveLength(1);
    expect((await callGraph(emulated(), 'stranger', '/groups')).body.value).toEqual([]);
  });
});

describe('paths', () => {
  test.each(['/graph/beta/users', '/graph/v1.0//users/', '/GRAPH/V1.0/Users'])(
    '%s is known',
    async (path) => {
      const token = await tokenOf(emulated(), 'reader', GRAPH_SCOPE);
      expect((await get(`Bearer ${token}`, path)).status).toBe(200);
    },
  );

  test.each(['/graph/users', '/graph', '/graph/v2.0/users'])('%s has no version', async (path) => {
    const response = await get(undefined, path);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'BadRequest' } });
  });

  test.each([
    ['/nonsense', 'GET', 400],
    ['/users/x/drive', 'GET', 400],
    ['/users', 'DELETE', 405],
  ])('%s %s: %i', async (path, method, status) => {
    expect(await callGraph(emulated(), 'reader', path, { method })).toMatchObject({
      status,
      code: 'Request_BadRequest',
    });
  });

  test('plain http is refused with a hint', async () => {
    const { port } = emulated();
    const response = await emulated().fetch(`http://localhost:${port}/graph/v1.0/users`);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('https://localhost');
  });
});
