import { manualClock } from '@aml-auth/core/testing';
import { demoSeed } from '@aml-auth/emulator';
import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';

import { postToken, secretForm } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const clock = manualClock(NOW);
const [contoso] = demoSeed.tenants;
const emulated = withEmulator({
  clock,
  seed: {
    ...demoSeed,
    tenants: [
      {
        ...contoso!,
        apps: [
          ...contoso!.apps!,
          {
            name: 'late',
            secrets: [
              { value: 'spent', expires: '-1h' },
              { value: 'a:b+c d%~', expires: '+1h' },
            ],
          },
          { name: 'brief', secrets: [{ value: 'brief' }], tokenLifetime: 60 },
        ],
      },
      { name: 'fabrikam' },
    ],
  },
});

const form = (app = 'trainer'): Record<string, string> => secretForm(emulated(), app);

describe('success', () => {
  test('v2 answers with exactly the fields of an application token', async () => {
    const response = await postToken(emulated(), form());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.stringMatching(/^eyJ/) as string,
    });
    expect(response.headers.get('cache-control')).toBe('no-store, no-cache');
    expect(response.headers.get('x-ms-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  test('v1 writes all numbers as strings', async () => {
    const { scope: _, ...rest } = form();
    const resource = 'https://management.core.windows.net/';
    const response = await postToken(
      emulated(),
      { ...rest, resource },
      { path: 'oauth2/token?api-version=1.0' },
    );
    expect(await response.json()).toEqual({
      token_type: 'Bearer',
      expires_in: '3599',
      ext_expires_in: '3599',
      expires_on: String(NOW / 1000 + 3600),
      not_before: String(NOW / 1000 - 300),
      resource,
      access_token: expect.any(String) as string,
    });
  });

  test('the token is of version 1.0, signed with a published key', async () => {
    const { origin, tenant, app, fetch } = emulated();
    const { access_token: token } = (await (await postToken(emulated(), form())).json()) as Record<
      string,
      string
    >;
    const keys = createRemoteJWKSet(new URL(`${origin}/${tenant().id}/discovery/v2.0/keys`), {
      [customFetch]: fetch,
    });
    const { payload, protectedHeader } = await jwtVerify(token!, keys, {
      issuer: `https://sts.windows.net/${tenant().id}/`,
      audience: 'https://management.azure.com',
      currentDate: new Date(clock.now()),
    });
    const { clientId, objectId } = app('trainer');
    expect(payload).toMatchObject({
      appid: clientId,
      appidacr: '1',
      idtyp: 'app',
      oid: objectId,
      sub: objectId,
      tid: tenant().id,
      ver: '1.0',
      exp: NOW / 1000 + 3600,
      nbf: NOW / 1000 - 300,
    });
    expect(protectedHeader).toEqual({
      typ: 'JWT',
      alg: 'RS256',
      kid: protectedHeader.kid,
      x5t: protectedHeader.kid,
    });
    expect(payload).not.toHaveProperty('xms_cc');
  });

  test.each([
    ['https://management.azure.com/.default', 'https://management.azure.com'],
    ['https://management.core.windows.net//.default', 'https://management.core.windows.net/'],
    ['https://ml.azure.com/.default', 'https://ml.azure.com'],
    ['https://graph.microsoft.com/.default', 'https://graph.microsoft.com'],
    ['797f4846-ba00-4fd7-ba43-dac1f8f63013/.default', '797f4846-ba00-4fd7-ba43-dac1f8f63013'],
  ])('the scope %s gives the audience as it was asked for', async (scope, audience) => {
    const response = await postToken(emulated(), { ...form(), scope });
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(token).aud).toBe(audience);
  });

  test.each(['', '/graph/'])("the emulator's own origin%s is an audience", async (path) => {
    const audience = `${emulated().origin}${path}`;
    const response = await postToken(emulated(), { ...form(), scope: `${audience}/.default` });
    expect(response.status).toBe(200);
  });

  test.each(['cp1', 'CP1'])('the capability is recognized as %s', async (value) => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: [value] } } });
    const response = await postToken(emulated(), { ...form(), claims });
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(token)['xms_cc']).toEqual(['cp1']);
    expect(decodeProtectedHeader(token).alg).toBe('RS256');
  });

  test('claims that are no JSON are ignored', async () => {
    expect((await postToken(emulated(), { ...form(), claims: '{' })).status).toBe(200);
  });

  test('HTTP Basic authentication works, with a secret full of special characters', async () => {
    const { clientId } = emulated().app('late');
    const basic = Buffer.from(`${clientId}:${encodeURIComponent('a:b+c d%~')}`).toString('base64');
    const { client_id: _id, client_secret: _secret, ...rest } = form('late');
    const response = await postToken(emulated(), rest, { headers: { authorization: `Basic ${basic}` } });
    expect(response.status).toBe(200);
  });

  test('an application may have shorter tokens', async () => {
    expect(await (await postToken(emulated(), form('brief'))).json()).toMatchObject({ expires_in: 59 });
  });

  test('the tenant may be named by its domain, the path be in upper case and end in a slash', async () => {
    const options = { tenant: 'Contoso.OnMicrosoft.com', path: 'OAUTH2/V2.0/TOKEN/' };
    expect((await postToken(emulated(), form(), options)).status).toBe(200);
  });

  test.each(['header', 'query', 'body'])(
    'the request id of the client comes back from the %s',
    async (place) => {
      const id = 'c0ffee00-0000-4000-8000-000000000001';
      const response = await postToken(
        emulated(),
        { ...form(), ...(place === 'body' ? { 'client-request-id': id } : {}) },
        {
          path: `oauth2/v2.0/token${place === 'query' ? `?client-request-id=${id}` : ''}`,
          headers: place === 'header' ? { 'client-request-id': id } : {},
        },
      );
      expect(response.headers.get('client-request-id')).toBe(id);
    },
  );
});

describe('refusals', () => {
  interface Case {
    readonly code: number;
    readonly status: number;
    readonly error: string;
    readonly form?: Record<string, string>;
    readonly without?: string;
    readonly tenant?: string;
    readonly path?: string;
    readonly text: string | RegExp;
  }
  const unknown = '00000000-0000-4000-8000-00000000dead';
  const cases: Record<string, Case> = {
    'a wrong secret': {
      code: 7000215,
      status: 401,
      error: 'invalid_client',
      form: { client_secret: 'wrong' },
      text: /^Invalid client secret provided\. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '[\da-f-]{36}'\.$/,
    },
    'no secret': {
      code: 7000218,
      status: 401,
      error: 'invalid_client',
      without: 'client_secret',
      text: /'client_assertion' or 'client_secret'/,
    },
    'an assertion that is no JWT': {
      code: 50027,
      status: 400,
      error: 'invalid_request',
      form: {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: 'nonsense',
      },
      text: 'JWT token is invalid or malformed.',
    },
    'an unknown application': {
      code: 700016,
      status: 400,
      error: 'unauthorized_client',
      form: { client_id: unknown },
      text: /^Application with identifier '00000000-0000-4000-8000-00000000dead' was not found in the directory 'contoso'\./,
    },
    'an application of another tenant': {
      code: 700016,
      status: 400,
      error: 'unauthorized_client',
      tenant: 'fabrikam.onmicrosoft.com',
      text: /was not found in the directory 'fabrikam'\./,
    },
    'a client id that is no GUID': {
      code: 700038,
      status: 400,
      error: 'unauthorized_client',
      form: { client_id: 'trainer' },
      text: 'trainer is not a valid application identifier.',
    },
    'an unknown tenant': {
      code: 90002,
      status: 400,
      error: 'invalid_tenant',
      tenant: unknown,
      text: /^Tenant '00000000-0000-4000-8000-00000000dead' not found\. This may happen if there are no active subscriptions for the tenant\./,
    },
    'a tenant name that can be none': {
      code: 900023,
      status: 400,
      error: 'invalid_request',
      tenant: 'contoso',
      text: /^Specified tenant identifier 'contoso' is neither/,
    },
    'no tenant': {
      code: 50059,
      status: 400,
      error: 'invalid_request',
      tenant: 'common',
      text: /^No tenant-identifying information found/,
    },
    'an unknown resource': {
      code: 500011,
      status: 400,
      error: 'invalid_resource',
      form: { scope: 'https://example.org/.default' },
      text: /^The resource principal named https:\/\/example\.org was not found in the tenant named contoso\./,
    },
    'an unknown resource in v1': {
      code: 500011,
      status: 400,
      error: 'invalid_resource',
      path: 'oauth2/token',
      form: { resource: 'https://example.org' },
      text: /^The resource principal named https:\/\/example\.org/,
    },
    'an unsupported grant type': {
      code: 70003,
      status: 400,
      error: 'unsupported_grant_type',
      form: { grant_type: 'nonsense' },
      text: "The app requested an unsupported grant type 'nonsense'.",
    },
    'a scope without /.default': {
      code: 1002012,
      status: 400,
      error: 'invalid_scope',
      form: { scope: 'https://management.azure.com/user_impersonation' },
      text: /with \/\.default suffixed/,
    },
    'several scopes': {
      code: 70011,
      status: 400,
      error: 'invalid_scope',
      form: { scope: 'https://ml.azure.com/.default https://graph.microsoft.com/.default' },
      text: /The scope https:\/\/ml\.azure\.com\/\.default https:\/\/graph\.microsoft\.com\/\.default is not valid\.$/,
    },
    'a scope without a resource': {
      code: 70011,
      status: 400,
      error: 'invalid_scope',
      form: { scope: '/.default' },
      text: /The scope \/\.default is not valid\.$/,
    },
    'no grant type': {
      code: 900144,
      status: 400,
      error: 'invalid_request',
      without: 'grant_type',
      text: /'grant_type'\.$/,
    },
    'no client id': {
      code: 900144,
      status: 400,
      error: 'invalid_request',
      without: 'client_id',
      text: /'client_id'\.$/,
    },
    'no scope': { code: 900144, status: 400, error: 'invalid_request', without: 'scope', text: /'scope'\.$/ },
    'no resource in v1': {
      code: 900144,
      status: 400,
      error: 'invalid_request',
      path: 'oauth2/token',
      text: /'resource'\.$/,
    },
  };

  test.each(Object.entries(cases))(
    '%s',
    async (_, { code, status, error, text, tenant, path, ...change }) => {
      const fields = Object.fromEntries(
        Object.entries({ ...form(), ...change.form }).filter(([name]) => name !== change.without),
      );
      const response = await postToken(emulated(), fields, {
        ...(tenant === undefined ? {} : { tenant }),
        ...(path === undefined ? {} : { path }),
      });
      const body = (await response.json()) as Record<string, unknown>;
      expect({ status: response.status, error: body['error'], codes: body['error_codes'] }).toEqual({
        status,
        error,
        codes: [code],
      });
      const timestamp = '2026-11-22 09:00:00Z';
      const [, description] = /^AADSTS\d+: (.*) Trace ID: /.exec(String(body['error_description'])) ?? [];
      if (typeof text === 'string') expect(description).toBe(text);
      else expect(description).toMatch(text);
      expect(body['error_description']).toBe(
        `AADSTS${code}: ${description} Trace ID: ${String(body['trace_id'])} Correlation ID: ${String(body['correlation_id'])} Timestamp: ${timestamp}`,
      );
      expect(body['timestamp']).toBe(timestamp);
      expect(body['error_uri']).toBe(
        code === 700038 || code === 70003 ? undefined : `${emulated().origin}/error?code=${code}`,
      );
    },
  );

  test('an expired secret, and a valid one that expires as the clock moves on', async () => {
    const spent = await postToken(emulated(), { ...form('late'), client_secret: 'spent' });
    expect(spent.status).toBe(401);
    expect(await spent.json()).toMatchObject({
      error: 'invalid_client',
      error_codes: [7000222],
      error_description: expect.stringContaining(
        'are expired. Visit the Azure portal to create new keys',
      ) as string,
    });
    const valid = { ...form('late'), client_secret: 'a:b+c d%~' };
    expect((await postToken(emulated(), valid)).status).toBe(200);
    clock.advance(3_600_000);
    expect(await (await postToken(emulated(), valid)).json()).toMatchObject({ error_codes: [7000222] });
    clock.setWallTime(NOW);
  });

  test('a GET is refused', async () => {
    const { fetch, origin, tenant } = emulated();
    const response = await fetch(`${origin}/${tenant().id}/oauth2/v2.0/token`);
    expect(await response.json()).toMatchObject({ error_codes: [900561] });
  });

  test('the page behind error_uri explains the code', async () => {
    const { fetch, origin } = emulated();
    const page = await fetch(`${origin}/error?code=7000215`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Invalid client secret provided');
    expect((await fetch(`${origin}/error?code=%3Cscript%3E`)).status).toBe(404);
  });
});
