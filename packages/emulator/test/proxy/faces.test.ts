import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';

import { callArm, secretForm } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ proxy: true, pageSize: 1 });
const direct = withEmulator();

const LOGIN = 'https://login.microsoftonline.com';
const MANAGEMENT = 'https://management.azure.com';
const GRAPH = 'https://graph.microsoft.com';

async function read(url: string, init?: RequestInit): Promise<Record<string, unknown>> {
  return (await (await emulated().fetch(url, init)).json()) as Record<string, unknown>;
}

async function tokenFor(app: string, scope: string): Promise<string> {
  const form = new URLSearchParams({ ...secretForm(emulated(), app), scope });
  const { tenantId } = emulated().app(app);
  const body = await read(`${LOGIN}/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body: form });
  return String(body['access_token']);
}

describe('Microsoft Entra ID on its own hosts', () => {
  test.each(['login.microsoftonline.com', 'login.windows.net', 'login.microsoftonline.com:8443'])(
    'the discovery document of %s names the host that was asked, and the issuer of Azure',
    async (host) => {
      const { id } = emulated().tenant();
      const document = await read(`https://${host}/${id}/v2.0/.well-known/openid-configuration`);
      expect(document).toMatchObject({
        token_endpoint: `https://${host}/${id}/oauth2/v2.0/token`,
        device_authorization_endpoint: `https://${host}/${id}/oauth2/v2.0/devicecode`,
        jwks_uri: `https://${host}/${id}/discovery/v2.0/keys`,
        issuer: `${LOGIN}/${id}/v2.0`,
        msgraph_host: 'graph.microsoft.com',
      });
    },
  );

  test('instance discovery answers for Azure, and for an emulator that is the authority', async () => {
    const ask = (authority: string) =>
      read(
        `${LOGIN}/common/discovery/instance?api-version=1.1&authorization_endpoint=${authority}/common/oauth2/v2.0/authorize`,
      );
    expect(await ask(LOGIN)).toMatchObject({
      tenant_discovery_endpoint: `${LOGIN}/common/v2.0/.well-known/openid-configuration`,
      metadata: [
        {
          preferred_network: 'login.microsoftonline.com',
          preferred_cache: 'login.windows.net',
          aliases: expect.arrayContaining(['login.microsoftonline.com', 'sts.windows.net']) as unknown,
        },
      ],
    });
    const { host } = new URL(emulated().origin);
    expect(await ask(emulated().origin)).toMatchObject({ metadata: [{ preferred_network: host }] });
    expect(await ask('https://login.example')).toMatchObject({ error: 'invalid_instance' });
  });

  test('a refusal leads to the page of the host that was asked', async () => {
    const form = new URLSearchParams({ ...secretForm(emulated(), 'trainer'), client_secret: 'wrong' });
    const url = `${LOGIN}/${emulated().tenant().id}/oauth2/v2.0/token`;
    expect(await read(url, { method: 'POST', body: form })).toMatchObject({
      error_codes: [7000215],
      error_uri: `${LOGIN}/error?code=7000215`,
    });
    expect((await emulated().fetch(`${LOGIN}/error?code=7000215`)).status).toBe(200);
  });

  test('a device is shown a page that a browser finds without the proxy', async () => {
    const form = new URLSearchParams({
      client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      scope: `${MANAGEMENT}/.default`,
    });
    const url = `${LOGIN}/organizations/oauth2/v2.0/devicecode`;
    expect(await read(url, { method: 'POST', body: form })).toMatchObject({
      verification_uri: `${emulated().origin}/devicelogin`,
    });
  });
});

test('a person signs in on the pages of Azure, and the ID token is from there', async () => {
  const client = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const url = new URL(`${LOGIN}/organizations/oauth2/v2.0/authorize`);
  url.search = new URLSearchParams({
    client_id: client,
    response_type: 'code',
    redirect_uri: 'http://localhost:9/',
    scope: `${MANAGEMENT}/.default openid offline_access`,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString();
  const { fields } = await emulated().signIn({ upn: 'alice@contoso', url: url.href });
  const body = new URLSearchParams({
    client_id: client,
    grant_type: 'authorization_code',
    code: fields['code'] ?? '',
    redirect_uri: 'http://localhost:9/',
    code_verifier: verifier,
  });
  const answer = await read(`${LOGIN}/organizations/oauth2/v2.0/token`, { method: 'POST', body });
  expect(decodeJwt(String(answer['id_token']))).toMatchObject({
    iss: `${LOGIN}/${emulated().tenant().id}/v2.0`,
    preferred_username: 'alice@contoso.onmicrosoft.com',
  });
});

describe('Azure Resource Manager and Microsoft Graph on their own hosts', () => {
  test('a token of Azure is good there, and lists go on there', async () => {
    const authorization = `Bearer ${await tokenFor('platform-admin', `${MANAGEMENT}/.default`)}`;
    const { id } = emulated().subscription();
    const url = `${MANAGEMENT}/subscriptions/${id}/resourcegroups?api-version=2022-12-01`;
    const page = await read(url, { headers: { authorization } });
    expect(page['nextLink']).toMatch(new RegExp(`^${MANAGEMENT}/subscriptions/${id}/resourcegroups\\?`));
    expect(await read(String(page['nextLink']), { headers: { authorization } })).toHaveProperty('value');
  });

  test('a challenge sends clients to the authority of Azure', async () => {
    const arm = await emulated().fetch(`${MANAGEMENT}/subscriptions?api-version=2022-12-01`);
    expect(arm.headers.get('www-authenticate')).toContain(`authorization_uri="${LOGIN}/common"`);
    const graph = await emulated().fetch(`${GRAPH}/v1.0/users`);
    expect(graph.headers.get('www-authenticate')).toContain(`authorization_uri="${LOGIN}/common/oauth2`);
  });

  test('Microsoft Graph is at the root of its host, and names it', async () => {
    const authorization = `Bearer ${await tokenFor('platform-admin', `${GRAPH}/.default`)}`;
    const list = await read(`${GRAPH}/v1.0/users?$top=1`, { headers: { authorization } });
    expect(list).toMatchObject({
      '@odata.context': `${GRAPH}/v1.0/$metadata#users`,
      '@odata.nextLink': expect.stringMatching(`^${GRAPH}/v1.0/users\\?`) as unknown,
    });
    expect(await read(String(list['@odata.nextLink']), { headers: { authorization } })).toHaveProperty(
      'value',
    );
  });

  test.each([
    ['2022-09-01', (body: unknown) => body],
    ['2019-05-01', (body: unknown) => (body as unknown[])[0]],
  ])('the metadata document of api-version %s describes AzureCloud', async (version, cloud) => {
    const body = await read(`${MANAGEMENT}/metadata/endpoints?api-version=${version}`);
    expect(cloud(body)).toMatchObject({
      name: 'AzureCloud',
      resourceManager: `${MANAGEMENT}/`,
      microsoftGraphResourceId: `${GRAPH}/`,
      authentication: {
        loginEndpoint: LOGIN,
        audiences: ['https://management.core.windows.net/', `${MANAGEMENT}/`],
      },
    });
  });
});

test('an online endpoint answers at a host of its own', async () => {
  const address = 'https://scoring.westeurope.inference.ml.azure.com';
  const missing = await emulated().fetch(`${address}/score`, { method: 'POST', body: '{}' });
  expect([missing.status, await missing.text()]).toEqual([
    404,
    expect.stringContaining('There is no online endpoint scoring in westeurope.'),
  ]);
  expect((await emulated().fetch(`${address}/subscriptions`)).status).toBe(404);
});

describe('hosts keep apart', () => {
  test.each([
    [`${GRAPH}/subscriptions?api-version=2022-12-01`, 400],
    [`${MANAGEMENT}/graph/v1.0/users`, 404],
    [`${MANAGEMENT}/common/oauth2/v2.0/token`, 404],
    [`${LOGIN}/subscriptions`, 404],
    [`${LOGIN}/_emu/device-codes/ABC`, 404],
    [`${MANAGEMENT}/hosts/vm/metadata/identity/oauth2/token`, 404],
    ['http://169.254.169.254/subscriptions', 404],
    ['http://management.azure.com/subscriptions', 403],
  ])('%s is answered with %i', async (url, status) => {
    expect((await emulated().fetch(url)).status).toBe(status);
  });

  test('the emulator still answers at its own address, as itself', async () => {
    const { id } = emulated().tenant();
    const { origin } = emulated();
    expect(await read(`${origin}/${id}/v2.0/.well-known/openid-configuration`)).toMatchObject({
      issuer: `${origin}/${id}/v2.0`,
    });
    const page = await callArm(emulated(), 'platform-admin', emulated().workspace().id);
    expect(page.status).toBe(200);
  });

  test('without proxy mode no host of Azure is answered', async () => {
    await expect(direct().fetch(`${MANAGEMENT}/subscriptions`)).rejects.toMatchObject({
      code: 'AML_NETWORK',
    });
  });
});

test('the Instance Metadata Service answers at its real address', async () => {
  const answer = await read(
    `http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${MANAGEMENT}/`,
    { headers: { metadata: 'true' } },
  );
  expect(decodeJwt(String(answer['access_token']))).toMatchObject({ aud: `${MANAGEMENT}/` });
});
