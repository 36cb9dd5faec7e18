import type { EmulatorSeed } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';

import { postToken, secretForm } from '../support/emulated.js';
import { callGraph, type GraphAnswer } from '../support/graph.js';
import { ARM_SCOPE, AZURE_CLI, byPassword, tokensOf, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = USER_SEED.tenants;
const OFFICE = '203.0.113.7';
const seed: EmulatorSeed = {
  ...USER_SEED,
  tenants: [
    {
      ...contoso!,
      apps: [
        ...contoso!.apps!,
        {
          name: 'policy-admin',
          secrets: [{ value: 'policy-admin' }],
          graphPermissions: ['Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All'],
        },
      ],
      namedLocations: [
        { name: 'office', ranges: ['203.0.113.0/24', '2001:db8::/32'], trusted: true },
        { name: 'lab', ranges: ['198.51.100.0/24'] },
      ],
      conditionalAccess: [
        {
          name: 'robots from the office only',
          users: ['app:portal'],
          apps: ['all'],
          exceptLocations: ['trusted'],
          grant: 'block',
        },
        { name: 'factor in the lab', users: ['all'], apps: ['arm'], locations: ['lab'], grant: 'mfa' },
      ],
    },
    ...others,
  ],
};
const emulated = withEmulator({ seed });

const from = (address: string): { headers: Record<string, string> } => ({
  headers: { 'x-forwarded-for': address },
});
const codeOfApp = async (address?: string): Promise<number | undefined> => {
  const options = address === undefined ? {} : from(address);
  const response = await postToken(emulated(), secretForm(emulated(), 'portal'), options);
  return ((await response.json()) as { error_codes?: number[] }).error_codes?.[0];
};

describe('an application that may sign in from trusted places only', () => {
  test.each([
    [OFFICE, undefined],
    [`${OFFICE}, 10.0.0.1`, undefined],
    ['2001:db8::1', undefined],
    ['198.51.100.1', 53003],
    ['203.0.114.1', 53003],
    ['nonsense', 53003],
    [undefined, 53003],
  ])('from %s', async (address, expected) => {
    expect(await codeOfApp(address)).toBe(expected);
  });
});

test('users are asked for more in the place that the policy names', async () => {
  const lab = from('198.51.100.1');
  expect((await byPassword(emulated(), 'bob@contoso', {}, lab)).error_codes).toEqual([50076]);
  const { access_token: token } = await byPassword(emulated(), 'bob@contoso', {}, from(OFFICE));
  expect(decodeJwt(token)['ipaddr']).toBe(OFFICE);
});

describe('Microsoft Graph', () => {
  const call = (method: string, path = '', body?: unknown): Promise<GraphAnswer> =>
    callGraph(emulated(), 'policy-admin', `/identity/conditionalAccess/namedLocations${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
    });
  const type = '#microsoft.graph.ipNamedLocation';
  const ranges = (...addresses: string[]): unknown => addresses.map((cidrAddress) => ({ cidrAddress }));

  test('shows the places of the seed', async () => {
    const { body } = await call('GET');
    expect(body.value).toMatchObject([
      {
        '@odata.type': type,
        displayName: 'office',
        isTrusted: true,
        ipRanges: [
          { '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/24' },
          { '@odata.type': '#microsoft.graph.iPv6CidrRange', cidrAddress: '2001:db8::/32' },
        ],
      },
      { displayName: 'lab', isTrusted: false },
    ]);
  });

  test('makes, changes and removes places, which count at once', async () => {
    const here = {
      '@odata.type': type,
      displayName: 'here',
      isTrusted: true,
      ipRanges: ranges('127.0.0.0/8'),
    };
    const made = await call('POST', '', here);
    expect(made.status).toBe(201);
    expect(await codeOfApp()).toBeUndefined();
    expect((await call('PATCH', `/${made.body.id}`, { '@odata.type': type, isTrusted: false })).status).toBe(
      204,
    );
    expect(await codeOfApp()).toBe(53003);
    expect((await call('GET', `/${made.body.id}`)).body).toMatchObject({
      displayName: 'here',
      isTrusted: false,
    });
    expect((await call('DELETE', `/${made.body.id}`)).status).toBe(204);
    expect((await call('GET', `/${made.body.id}`)).status).toBe(404);
  });

  test.each<[string, Record<string, unknown>]>([
    ['of countries', { '@odata.type': '#microsoft.graph.countryNamedLocation' }],
    ['without a name', { displayName: undefined }],
    ['without ranges', { ipRanges: [] }],
    ['with a range that is none', { ipRanges: [{ cidrAddress: '127.0.0.0/33' }] }],
    ['with trust that is none', { isTrusted: 'yes' }],
  ])('takes no place %s', async (_, change) => {
    const body = { '@odata.type': type, displayName: 'x', ipRanges: ranges('10.0.0.0/8'), ...change };
    expect((await call('POST', '', body)).status).toBe(400);
  });
});

test('a policy against device codes refuses the device and what is refreshed from it, and nothing else', async () => {
  const policy = {
    displayName: 'no device codes',
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      authenticationFlows: { transferMethods: 'deviceCodeFlow,authenticationTransfer' },
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  };
  const start = { client_id: AZURE_CLI, scope: `${ARM_SCOPE} offline_access` };
  const device = async (): Promise<{ device_code: string; user_code: string }> => {
    const response = await postToken(emulated(), start, { path: 'oauth2/v2.0/devicecode' });
    const body = (await response.json()) as { device_code: string; user_code: string };
    emulated().approveDeviceCode(body.user_code, 'alice@contoso');
    return body;
  };
  const poll = async (): ReturnType<typeof tokensOf> => {
    const form = {
      grant_type: 'device_code',
      client_id: AZURE_CLI,
      device_code: (await device()).device_code,
    };
    return tokensOf(postToken(emulated(), form));
  };
  const { refresh_token: token } = await poll();
  await callGraph(emulated(), 'policy-admin', '/identity/conditionalAccess/policies', {
    method: 'POST',
    body: policy,
  });
  expect((await poll()).error_codes).toEqual([53003]);
  const refresh = { grant_type: 'refresh_token', client_id: AZURE_CLI, refresh_token: token };
  expect((await tokensOf(postToken(emulated(), refresh))).error_codes).toEqual([53003]);
  expect(await byPassword(emulated(), 'alice@contoso')).toHaveProperty('access_token');
});
