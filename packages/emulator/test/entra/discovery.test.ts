import { X509Certificate } from 'node:crypto';

import { expect, test } from 'vitest';

import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();

async function get(
  path: string,
  origin = emulated().origin,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await emulated().fetch(`${origin}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test.each(['localhost', '127.0.0.1'])('the v2 document names %s where that host was asked', async (host) => {
  const origin = `https://${host}:${emulated().port}`;
  const { id, domain } = emulated().tenant();
  const { body } = await get(`/${domain}/v2.0/.well-known/openid-configuration`, origin);
  expect(body).toMatchObject({
    issuer: `${origin}/${id}/v2.0`,
    token_endpoint: `${origin}/${id}/oauth2/v2.0/token`,
    authorization_endpoint: `${origin}/${id}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${origin}/${id}/oauth2/v2.0/devicecode`,
    jwks_uri: `${origin}/${id}/discovery/v2.0/keys`,
  });
});

test('the v1 document has the issuer of v1 tokens', async () => {
  const { id } = emulated().tenant();
  const { body } = await get(`/${id}/.well-known/openid-configuration`);
  expect(body).toMatchObject({
    issuer: `https://sts.windows.net/${id}/`,
    token_endpoint: `${emulated().origin}/${id}/oauth2/token`,
    jwks_uri: `${emulated().origin}/${id}/discovery/keys`,
  });
});

test('the issuer of common is a template', async () => {
  const { body } = await get('/common/v2.0/.well-known/openid-configuration');
  expect(body['issuer']).toBe(`${emulated().origin}/{tenantid}/v2.0`);
  expect(body['token_endpoint']).toBe(`${emulated().origin}/common/oauth2/v2.0/token`);
});

test('an unknown tenant is AADSTS90002', async () => {
  const { status, body } = await get('/nowhere.example/v2.0/.well-known/openid-configuration');
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] });
});

test.each(['/discovery/v2.0/keys', '/discovery/keys'])(
  '%s publishes the key with its certificate',
  async (path) => {
    const { body } = await get(`/${emulated().tenant().id}${path}`);
    const [key] = body['keys'] as Record<string, string>[];
    expect(key).toMatchObject({ kty: 'RSA', use: 'sig', kid: key!['x5t'] });
    const certificate = new X509Certificate(Buffer.from(key!['x5c']![0]!, 'base64'));
    expect(Buffer.from(certificate.fingerprint.replaceAll(':', ''), 'hex').toString('base64url')).toBe(
      key!['x5t'],
    );
    expect(certificate.publicKey.export({ format: 'jwk' })).toMatchObject({ n: key!['n'], e: key!['e'] });
    expect('issuer' in key!).toBe(path.includes('v2.0'));
  },
);

test('instance discovery knows the emulator by all of its names', async () => {
  const { origin, port } = emulated();
  const query = `api-version=1.1&authorization_endpoint=${encodeURIComponent(`${origin}/common/oauth2/v2.0/authorize`)}`;
  const { body } = await get(`/common/discovery/instance?${query}`);
  expect(body).toMatchObject({
    tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
    metadata: [
      {
        preferred_network: `localhost:${port}`,
        aliases: expect.arrayContaining([`localhost:${port}`, `127.0.0.1:${port}`]) as string[],
      },
    ],
  });
});

test('instance discovery leads to /common where the endpoint names no tenant', async () => {
  const { origin } = emulated();
  const { body } = await get(
    `/common/discovery/instance?authorization_endpoint=${encodeURIComponent(`${origin}/`)}`,
  );
  expect(body).toHaveProperty(
    'tenant_discovery_endpoint',
    `${origin}/common/v2.0/.well-known/openid-configuration`,
  );
});

test.each(['https://login.microsoftonline.com/common/oauth2/authorize', 'nonsense', ''])(
  'instance discovery does not know %s',
  async (endpoint) => {
    const { status, body } = await get(
      `/common/discovery/instance?authorization_endpoint=${encodeURIComponent(endpoint)}`,
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: 'invalid_instance' });
  },
);
