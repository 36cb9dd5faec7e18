import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';

import { assertionForm, signAssertion, thumbprintOf, type AssertionParts } from '../support/assertion.js';
import { postToken, secretForm } from '../support/emulated.js';
import {
  ARM_SCOPE,
  authorizeUrl,
  AZURE_CLI,
  byPassword,
  tokensOf,
  USER_SEED,
} from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = USER_SEED.tenants;
const emulated = withEmulator({
  seed: {
    ...USER_SEED,
    tenants: [
      { ...contoso!, apps: [...contoso!.apps!, { name: 'certified', certificates: ['generate'] }] },
      ...others,
    ],
  },
});

test('11: the answer to a client’s loopback address can be a form', async () => {
  const url = authorizeUrl(emulated(), {
    response_mode: 'form_post',
    redirect_uri: 'http://localhost:53210',
  });
  const result = await emulated().signIn({ upn: 'alice@contoso', url });
  expect(result).toMatchObject({ method: 'POST', url: 'http://localhost:53210/' });
  expect(result.fields).toHaveProperty('code');
  expect(result.url).not.toContain('code');
});

test.each([1, 8400, 65_535])('12: a redirect to the loopback port %i needs no registration', async (port) => {
  const redirect = `http://localhost:${port}`;
  const url = authorizeUrl(emulated(), {
    client_id: emulated().app('notebook').clientId,
    redirect_uri: redirect,
  });
  const result = await emulated().signIn({ upn: 'alice@contoso', url });
  expect(new URL(result.url).origin).toBe(redirect);
});

test.each([
  ['device_code', ['device_code']],
  ['device_code', ['code']],
  ['urn:ietf:params:oauth:grant-type:device_code', ['code', 'device_code']],
])('13: the grant %s with the code as %j is a device’s', async (grant, names) => {
  const start = { client_id: AZURE_CLI, scope: ARM_SCOPE };
  const response = await postToken(emulated(), start, { path: 'oauth2/v2.0/devicecode' });
  const device = (await response.json()) as { device_code: string; user_code: string };
  emulated().approveDeviceCode(device.user_code, 'alice@contoso');
  const codes = Object.fromEntries(names.map((name) => [name, device.device_code]));
  const poll = { grant_type: grant, client_id: AZURE_CLI, ...codes };
  expect(await tokensOf(postToken(emulated(), poll))).toHaveProperty('access_token');
});

const certificate = () => emulated().app('certified').certificate!;

async function asserted(parts: AssertionParts): Promise<unknown> {
  const assertion = await signAssertion(emulated(), 'certified', Date.now(), parts);
  const response = await postToken(emulated(), assertionForm(emulated(), 'certified', assertion));
  return response.json();
}

test('14: the padded x5t and the fractional times of MSAL for Python are taken', async () => {
  const x5t = Buffer.from(certificate().thumbprint, 'hex')
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  expect(x5t).toMatch(/=$/);
  const now = Date.now() / 1000;
  const claims = { iat: Math.floor(now) + 0.25, exp: Math.floor(now) + 599.93 };
  expect(await asserted({ header: { alg: 'RS256', x5t }, claims })).toHaveProperty('access_token');
});

describe('15: assertions signed with', () => {
  test('PS256 are found by the SHA-256 thumbprint', async () => {
    const header = { alg: 'PS256', 'x5t#S256': thumbprintOf.sha256(certificate()) };
    expect(await asserted({ header })).toHaveProperty('access_token');
  });

  test('RS256 are found by the SHA-1 thumbprint', async () => {
    const header = { alg: 'RS256', x5t: thumbprintOf.sha1(certificate()) };
    expect(await asserted({ header })).toHaveProperty('access_token');
  });
});

test.each(['cp1', 'CP1'])('16: the capability %s is that of claims challenges', async (capability) => {
  const claims = JSON.stringify({ access_token: { xms_cc: { values: [capability] } } });
  const { access_token: token } = await byPassword(emulated(), 'alice@contoso', { claims });
  expect(decodeJwt(token)['xms_cc']).toEqual(['cp1']);
});

test('17: the endpoint of v1 writes numbers as text', async () => {
  const { scope, ...form } = secretForm(emulated(), 'portal');
  const resource = scope!.replace('/.default', '/');
  const body = await tokensOf(postToken(emulated(), { ...form, resource }, { path: 'oauth2/token' }));
  expect(body).toMatchObject({
    expires_in: '3599',
    ext_expires_in: '3599',
    expires_on: expect.stringMatching(/^\d{10}$/) as string,
    not_before: expect.stringMatching(/^\d{10}$/) as string,
    resource,
  });
});

test.each(['userrealm/alice@contoso.onmicrosoft.com', 'UserRealm/alice%40contoso.onmicrosoft.com'])(
  '21: the realm of a user is told at %s',
  async (path) => {
    const response = await emulated().fetch(`${emulated().origin}/common/${path}?api-version=1.0`);
    expect(await response.json()).toMatchObject({ account_type: 'Managed' });
  },
);

test('22: tokens of users come with client_info, by which MSAL keeps accounts', async () => {
  const { id, tenantId } = emulated().user('alice@contoso');
  const { client_info: info } = await byPassword(emulated(), 'alice@contoso');
  expect(JSON.parse(Buffer.from(info, 'base64url').toString())).toEqual({ uid: id, utid: tenantId });
});
