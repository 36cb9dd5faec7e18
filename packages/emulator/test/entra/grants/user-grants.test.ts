import { manualClock } from '@aml-auth/core/testing';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { describe, expect, test } from 'vitest';

import { postToken, tokenOf } from '../../support/emulated.js';
import {
  ARM_SCOPE,
  AZURE_CLI,
  AZURE_POWERSHELL,
  byPassword,
  tokensOf,
  USER_SEED,
  type UserTokens,
} from '../../support/user-flows.js';
import { withEmulator } from '../../support/with-emulator.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const DAY_MS = 86_400_000;
const clock = manualClock(NOW);
const emulated = withEmulator({ seed: USER_SEED, clock });

const refresh = (token: string, change: Record<string, string> = {}, options = {}): Promise<UserTokens> =>
  tokensOf(
    postToken(
      emulated(),
      { grant_type: 'refresh_token', client_id: AZURE_CLI, refresh_token: token, ...change },
      options,
    ),
  );

async function keys(): Promise<ReturnType<typeof createLocalJWKSet>> {
  const { fetch, origin, tenant } = emulated();
  const response = await fetch(`${origin}/${tenant().id}/discovery/v2.0/keys`);
  return createLocalJWKSet((await response.json()) as JSONWebKeySet);
}

describe('tokens of a user', () => {
  test('v2 answers with exactly the fields that MSAL needs', async () => {
    const { id, tenantId } = emulated().user('alice@contoso');
    const tokens = await byPassword(emulated(), 'alice@contoso');
    expect(tokens).toEqual({
      token_type: 'Bearer',
      scope: `${ARM_SCOPE} https://management.azure.com/user_impersonation`,
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.stringMatching(/^eyJ/) as string,
      refresh_token: expect.any(String) as string,
      id_token: expect.stringMatching(/^eyJ/) as string,
      client_info: Buffer.from(JSON.stringify({ uid: id, utid: tenantId })).toString('base64url'),
      foci: '1',
    });
  });

  test('v1 writes all numbers as strings', async () => {
    const resource = 'https://management.core.windows.net/';
    const tokens = await byPassword(
      emulated(),
      'alice@contoso',
      { scope: 'openid', resource, client_info: undefined, client_id: emulated().app('notebook').clientId },
      { path: 'oauth2/token' },
    );
    expect(tokens).toEqual({
      token_type: 'Bearer',
      scope: 'user_impersonation',
      expires_in: '3599',
      ext_expires_in: '3599',
      expires_on: String(NOW / 1000 + 3600),
      not_before: String(NOW / 1000 - 300),
      resource,
      access_token: expect.any(String) as string,
      refresh_token: expect.any(String) as string,
      id_token: expect.any(String) as string,
    });
    expect(decodeJwt(tokens.id_token)).toMatchObject({
      iss: `https://sts.windows.net/${emulated().tenant().id}/`,
      upn: 'alice@contoso.onmicrosoft.com',
      given_name: 'Alice',
      family_name: 'Example',
      ver: '1.0',
    });
  });

  test('the access token speaks of the user, in version 1.0', async () => {
    const { id, name, tenantId } = emulated().user('alice@contoso');
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['CP1'] } } });
    const { access_token: token } = await byPassword(emulated(), 'alice@contoso', { claims });
    const { payload } = await jwtVerify(token, await keys(), { currentDate: new Date(NOW) });
    expect(payload).toMatchObject({
      aud: 'https://management.azure.com',
      iss: `https://sts.windows.net/${tenantId}/`,
      ver: '1.0',
      idtyp: 'user',
      appid: AZURE_CLI,
      appidacr: '0',
      oid: id,
      tid: tenantId,
      upn: name,
      unique_name: name,
      name: 'Alice Example',
      scp: 'user_impersonation',
      amr: ['pwd'],
      groups: [emulated().group('data-science').id],
      xms_cc: ['cp1'],
    });
    expect(payload['wids']).toEqual(['b79fbf4d-3ef9-4689-8143-76b194e85509']);
    expect(payload.sub).not.toBe(id);
  });

  test('the ID token of v2 names the issuer that the discovery document names', async () => {
    const { id_token: token } = await byPassword(emulated(), 'alice@contoso');
    const { origin, user } = emulated();
    const { id, name, tenantId } = user('alice@contoso');
    const { payload } = await jwtVerify(token, await keys(), {
      issuer: `${origin}/${tenantId}/v2.0`,
      audience: AZURE_CLI,
      currentDate: new Date(NOW),
    });
    expect(payload).toMatchObject({ ver: '2.0', preferred_username: name, oid: id, tid: tenantId });
    const { access_token: access } = await byPassword(emulated(), 'alice@contoso');
    expect(payload.sub).toBe(decodeJwt(access).sub);
  });

  test('what was not asked for is not there', async () => {
    const tokens = await byPassword(emulated(), 'alice@contoso', {
      scope: ARM_SCOPE,
      client_info: undefined,
    });
    expect(Object.keys(tokens).sort()).toEqual([
      'access_token',
      'expires_in',
      'ext_expires_in',
      'scope',
      'token_type',
    ]);
  });

  test('bare scopes belong to Microsoft Graph', async () => {
    const tokens = await byPassword(emulated(), 'alice@contoso', {
      scope: 'User.Read openid',
      client_id: emulated().app('notebook').clientId,
    });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      aud: '00000003-0000-0000-c000-000000000000',
      scp: 'email openid profile User.Read',
    });
    expect(tokens.scope).toBe('User.Read email openid profile');
  });
});

describe('the password grant', () => {
  interface Case {
    readonly change: Record<string, string | undefined>;
    readonly tenant?: string;
    readonly code: number;
    readonly error: string;
  }
  const cases: Record<string, Case> = {
    'a wrong password': { change: { password: 'no' }, code: 50126, error: 'invalid_grant' },
    'an unknown user': { change: { username: 'eve@contoso.com' }, code: 50034, error: 'invalid_grant' },
    'a user of another tenant': {
      change: { username: 'carol@fabrikam.onmicrosoft.com', password: 'carol-3' },
      code: 50034,
      error: 'invalid_grant',
    },
    'a user without a password': {
      change: { username: 'ghost@contoso.onmicrosoft.com', password: 'x' },
      code: 50126,
      error: 'invalid_grant',
    },
    'no password': { change: { password: undefined }, code: 900144, error: 'invalid_request' },
    'no user name': { change: { username: undefined }, code: 900144, error: 'invalid_request' },
    'no scope': { change: { scope: undefined }, code: 900144, error: 'invalid_request' },
    'an unknown domain at /common': {
      change: { username: 'a@nowhere.example' },
      tenant: 'common',
      code: 50034,
      error: 'invalid_grant',
    },
    'an unknown client': {
      change: { client_id: '00000000-0000-4000-8000-00000000dead' },
      code: 700016,
      error: 'unauthorized_client',
    },
    'a public client with a secret': {
      change: { client_secret: 'x' },
      code: 700025,
      error: 'invalid_client',
    },
    'two resources': {
      change: { scope: `${ARM_SCOPE} https://ml.azure.com/.default` },
      code: 28000,
      error: 'invalid_request',
    },
    'an unknown resource': {
      change: { scope: 'https://example.org/.default' },
      code: 500011,
      error: 'invalid_resource',
    },
    'the name of an object property as resource': {
      change: { scope: 'constructor/.default' },
      code: 500011,
      error: 'invalid_resource',
    },
    'a permission that the resource does not have': {
      change: { scope: 'https://management.azure.com/Everything' },
      code: 650053,
      error: 'invalid_client',
    },
    'a malformed scope': { change: { scope: '<script>' }, code: 70011, error: 'invalid_scope' },
  };

  test.each(Object.entries(cases))('%s is refused', async (_, { change, tenant, code, error }) => {
    const options = tenant === undefined ? {} : { tenant };
    const body = await byPassword(emulated(), 'alice@contoso', change, options);
    expect(body).toMatchObject({ error, error_codes: [code] });
    expect(body.error_description).toMatch(new RegExp(`^AADSTS${code}: .* Trace ID: `));
    expect(JSON.stringify(body)).not.toContain('Alice<&');
  });

  test('at /organizations the name decides the tenant', async () => {
    const { access_token: token } = await byPassword(
      emulated(),
      'carol@fabrikam',
      {},
      { tenant: 'organizations' },
    );
    expect(decodeJwt(token)['tid']).toBe(emulated().tenant('fabrikam').id);
  });

  test('permissions of Microsoft Graph beyond User.Read need consent, except for Microsoft', async () => {
    const scope = 'https://graph.microsoft.com/Mail.Read';
    const notebook = { scope, client_id: emulated().app('notebook').clientId };
    expect(await byPassword(emulated(), 'alice@contoso', notebook)).toMatchObject({
      error: 'invalid_grant',
      suberror: 'consent_required',
      error_codes: [65001],
    });
    const { access_token: token } = await byPassword(emulated(), 'alice@contoso', { scope });
    expect(decodeJwt(token)['scp']).toContain('Mail.Read');
  });

  test('a confidential client proves itself', async () => {
    const { clientId, secret } = emulated().app('portal');
    const change = { client_id: clientId };
    expect(await byPassword(emulated(), 'alice@contoso', change)).toMatchObject({ error_codes: [7000218] });
    const { access_token: token } = await byPassword(emulated(), 'alice@contoso', {
      ...change,
      client_secret: secret,
    });
    expect(decodeJwt(token)['appidacr']).toBe('1');
  });

  test.each(['__proto__', 'constructor', 'toString'])('%s is no grant', async (grantType) => {
    const response = await postToken(emulated(), { grant_type: grantType });
    expect(await response.json()).toMatchObject({ error_codes: [70003] });
  });
});

describe('the refresh token grant', () => {
  test('gives tokens for every resource, and a new refresh token each time', async () => {
    const { refresh_token: first } = await byPassword(emulated(), 'alice@contoso');
    const second = await refresh(first, { scope: 'https://ml.azure.com/.default' });
    expect(decodeJwt(second.access_token)['aud']).toBe('https://ml.azure.com');
    expect(second.refresh_token).not.toBe(first);
    // As in the real service, the earlier one is not used up; what it was made for is the default.
    const third = await refresh(first);
    expect(decodeJwt(third.access_token)['aud']).toBe('https://management.azure.com');
  });

  test('a family client may use what another one got; an application may not', async () => {
    const { refresh_token: token } = await byPassword(emulated(), 'alice@contoso');
    const related = await refresh(token, { client_id: AZURE_POWERSHELL });
    expect(decodeJwt(related.access_token)['appid']).toBe(AZURE_POWERSHELL);
    const stranger = await refresh(token, { client_id: emulated().app('notebook').clientId });
    expect(stranger).toMatchObject({ error: 'invalid_grant', error_codes: [70000] });
  });

  test("Microsoft's clients outside the family keep theirs to themselves", async () => {
    const studio = { client_id: 'd7304df8-741f-47d3-9bc2-df0e24e2071f' };
    const tokens = await byPassword(emulated(), 'alice@contoso', studio);
    expect(tokens).not.toHaveProperty('foci');
    expect(await refresh(tokens.refresh_token)).toMatchObject({ error_codes: [70000] });
    expect(await refresh(tokens.refresh_token, studio)).not.toHaveProperty('foci');
  });

  test('lasts 90 days from each use', async () => {
    const { refresh_token: first } = await byPassword(emulated(), 'alice@contoso');
    clock.advance(89 * DAY_MS);
    const { refresh_token: second } = await refresh(first);
    clock.advance(2 * DAY_MS);
    expect(await refresh(first)).toMatchObject({
      error: 'invalid_grant',
      suberror: 'bad_token',
      error_codes: [700082],
    });
    expect((await refresh(second)).access_token).toMatch(/^eyJ/);
    clock.setWallTime(NOW);
  });

  test('revoking ends the tokens of one user, not those of another', async () => {
    const { refresh_token: alice } = await byPassword(emulated(), 'alice@contoso');
    const { refresh_token: bob } = await byPassword(emulated(), 'bob@contoso');
    emulated().revokeRefreshTokens('alice@contoso');
    expect(await refresh(alice)).toMatchObject({ suberror: 'bad_token', error_codes: [50173] });
    expect((await refresh(bob)).access_token).toMatch(/^eyJ/);
  });

  test('another tenant, what is none, and nothing are refused', async () => {
    const { refresh_token: token } = await byPassword(emulated(), 'alice@contoso');
    const elsewhere = await refresh(token, {}, { tenant: emulated().tenant('fabrikam').id });
    expect(elsewhere).toMatchObject({ error_codes: [50020] });
    expect(await refresh('1.nonsense')).toMatchObject({ error: 'invalid_grant', error_codes: [9002313] });
    expect(await refresh('')).toMatchObject({ error_codes: [900144] });
  });
});

describe('the on-behalf-of grant', () => {
  async function assertion(): Promise<string> {
    const { access_token: token } = await byPassword(emulated(), 'alice@contoso', {
      client_id: emulated().app('notebook').clientId,
      scope: `api://${emulated().app('api').clientId}/access_as_user`,
    });
    return token;
  }

  function onBehalfOf(change: Record<string, string>, app = 'api'): Promise<UserTokens> {
    const { clientId, secret = '' } = emulated().app(app);
    return tokensOf(
      postToken(emulated(), {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        requested_token_use: 'on_behalf_of',
        client_id: clientId,
        client_secret: secret,
        scope: ARM_SCOPE,
        ...change,
      }),
    );
  }

  test('keeps the user and how the user signed in', async () => {
    const tokens = await onBehalfOf({ assertion: await assertion() });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      oid: emulated().user('alice@contoso').id,
      appid: emulated().app('api').clientId,
      amr: ['pwd'],
      scp: 'user_impersonation',
    });
  });

  test('refuses a token for somebody else, of an application, expired, or not of this authority', async () => {
    const meantForApi = await assertion();
    expect(await onBehalfOf({ assertion: meantForApi }, 'portal')).toMatchObject({
      error: 'invalid_grant',
      error_codes: [500131],
      error_description: expect.stringContaining(`api://${emulated().app('api').clientId}`) as string,
    });
    expect(await onBehalfOf({ assertion: await tokenOf(emulated(), 'portal') })).toMatchObject({
      error_codes: [500131],
    });
    const ownScope = `api://${emulated().app('api').clientId}/.default`;
    expect(await onBehalfOf({ assertion: await tokenOf(emulated(), 'portal', ownScope) })).toMatchObject({
      error: 'invalid_grant',
      error_codes: [7000114],
    });
    expect(await onBehalfOf({ assertion: `${meantForApi.slice(0, -8)}AAAAAAAA` })).toMatchObject({
      error_codes: [50013],
    });
    expect(await onBehalfOf({ assertion: meantForApi, requested_token_use: '' })).toMatchObject({
      error_codes: [900144],
    });
    expect(await onBehalfOf({ assertion: meantForApi, client_secret: 'wrong' })).toMatchObject({
      error_codes: [7000215],
    });
    clock.advance(3_600_000);
    expect(await onBehalfOf({ assertion: meantForApi })).toMatchObject({
      error: 'invalid_grant',
      error_codes: [500133],
    });
    clock.setWallTime(NOW);
  });
});

test('the state and the record of requests hold no password, code or token', async () => {
  const { access_token: access, refresh_token: token } = await byPassword(emulated(), 'bob@contoso');
  const state = JSON.stringify([emulated().snapshot(), emulated().requests]);
  for (const secret of ['bob-2', access, token]) expect(state).not.toContain(secret);
});
