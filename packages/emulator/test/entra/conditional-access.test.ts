import { startEmulator, type SeedGraphPolicy, type SeedPolicy } from '@aml-auth/emulator';
import { describe, expect, test } from 'vitest';

import { postToken, secretForm } from '../support/emulated.js';
import {
  ARM_SCOPE,
  authorizeUrl,
  AZURE_CLI,
  byPassword,
  tokensOf,
  USER_SEED,
  type UserTokens,
} from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const [contoso, ...others] = USER_SEED.tenants;
const seedWith = (...conditionalAccess: (SeedPolicy | SeedGraphPolicy)[]): typeof USER_SEED => ({
  ...USER_SEED,
  tenants: [{ ...contoso!, conditionalAccess }, ...others],
});

const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
const ML_SCOPE = 'https://ml.azure.com/.default';
const DEVICE_POLICY = '11111111-2222-4333-8444-555555555555';

const emulated = withEmulator({
  seed: seedWith(
    { name: 'mfa-for-arm', users: ['all'], apps: ['arm'], grant: 'mfa', exclude: ['group:data-science'] },
    { name: 'nobody', state: 'disabled', users: ['all'], apps: ['all'], grant: 'block' },
    { name: 'maybe später', state: 'report-only', users: ['all'], apps: ['graph'], grant: 'block' },
    {
      id: DEVICE_POLICY,
      displayName: 'devices',
      state: 'enabled',
      conditions: {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ['18a66f5f-dbdf-4c17-9dd7-1634712a9cbe'] },
      },
      grantControls: { operator: 'AND', builtInControls: ['compliantDevice'] },
    },
    { name: 'no-robots', users: ['app:api'], apps: ['all'], grant: 'block' },
  ),
});

/** The code, the OAuth error and the policies in the way. */
function refusal(tokens: UserTokens): unknown {
  const { claims } = tokens as unknown as { claims?: string };
  const parsed = JSON.parse(claims ?? '{}') as { access_token?: { capolids?: { values?: string[] } } };
  return {
    code: tokens.error_codes[0],
    error: tokens.error,
    policies: parsed.access_token?.capolids?.values,
  };
}

const policyId = (name: string): string => {
  const rows = Object.values(emulated().snapshot().tables['conditionalAccessPolicies']!);
  return (rows as { id: string; policy: { displayName: string } }[]).find(
    ({ policy }) => policy.displayName === name,
  )!.id;
};

describe('a policy that wants a second factor', () => {
  test('refuses the password of a user who has one', async () => {
    const tokens = await byPassword(emulated(), 'bob@contoso');
    const policies = [policyId('mfa-for-arm')];
    expect(refusal(tokens)).toEqual({ code: 50076, error: 'interaction_required', policies });
    expect(tokens.suberror).toBe('basic_action');
    expect(tokens.error_description).toContain("access '797f4846-ba00-4fd7-ba43-dac1f8f63013'");
  });

  test('leaves excluded groups and other resources alone', async () => {
    expect((await byPassword(emulated(), 'alice@contoso')).access_token).toBeDefined();
    expect((await byPassword(emulated(), 'bob@contoso', { scope: GRAPH_SCOPE })).access_token).toBeDefined();
  });

  test('refuses a refresh token for the resource, whose sign-in was without', async () => {
    const scope = `${GRAPH_SCOPE} offline_access`;
    const { refresh_token: token } = await byPassword(emulated(), 'bob@contoso', { scope });
    const form = { grant_type: 'refresh_token', client_id: AZURE_CLI, refresh_token: token };
    const again = await tokensOf(postToken(emulated(), { ...form, scope: ARM_SCOPE }));
    expect(refusal(again)).toMatchObject({ code: 50076 });
    expect((await tokensOf(postToken(emulated(), form))).access_token).toBeDefined();
  });
});

test('users without a second factor are told to enrol, on a device and on the pages', async () => {
  const seed = {
    ...USER_SEED,
    tenants: [
      {
        ...contoso!,
        conditionalAccess: [{ name: 'mfa', users: ['all'], apps: ['arm'], grant: 'mfa' as const }],
      },
    ],
  };
  const emulator = await startEmulator({ seed });
  try {
    const { tenant, origin } = emulator;
    const started = await emulator.fetch(`${origin}/${tenant().id}/oauth2/v2.0/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: AZURE_CLI, scope: ARM_SCOPE }),
    });
    const device = (await started.json()) as { device_code: string; user_code: string };
    emulator.approveDeviceCode(device.user_code, 'alice@contoso');
    const poll = { grant_type: 'device_code', client_id: AZURE_CLI, device_code: device.device_code };
    expect(refusal(await tokensOf(postToken(emulator, poll)))).toMatchObject({ code: 50079 });
    await expect(emulator.signIn({ upn: 'alice@contoso', url: authorizeUrl(emulator) })).rejects.toThrow(
      /AADSTS50079/,
    );
    const bob = await emulator.signIn({ upn: 'bob@contoso', url: authorizeUrl(emulator) });
    expect(bob.fields).toHaveProperty('code');
  } finally {
    await emulator.close();
  }
});

test('a policy that wants a compliant device refuses everybody, with the id that it was given', async () => {
  const tokens = await byPassword(emulated(), 'alice@contoso', { scope: ML_SCOPE });
  expect(refusal(tokens)).toEqual({ code: 53000, error: 'interaction_required', policies: [DEVICE_POLICY] });
  const url = authorizeUrl(emulated(), { scope: ML_SCOPE });
  await expect(emulated().signIn({ upn: 'bob@contoso', url })).rejects.toThrow(/AADSTS53000/);
});

test('a blocked application gets the body of the real service, and the journal says why', async () => {
  const response = await postToken(emulated(), secretForm(emulated(), 'api'));
  expect(response.status).toBe(400);
  const id = policyId('no-robots');
  expect(await response.json()).toMatchObject({
    error: 'invalid_grant',
    error_codes: [53003],
    suberror: 'message_only',
    claims: `{"access_token":{"capolids":{"essential":true,"values":["${id}"]}}}`,
  });
  expect(emulated().requests.at(-1)).toMatchObject({
    errorCode: 'AADSTS53003',
    decision: `conditional-access=blocked; policy ${id} "no-robots": blocked`,
  });
  expect((await postToken(emulated(), secretForm(emulated(), 'portal'))).status).toBe(200);
});

test('a policy that only reports stands in the journal of the token that it would have refused', async () => {
  await byPassword(emulated(), 'alice@contoso', { scope: GRAPH_SCOPE });
  const exchange = emulated().requests.at(-1);
  expect(exchange).toMatchObject({ status: 200 });
  expect(exchange!.decision).toMatch(
    /^conditional-access=granted; report-only \S+ "maybe sp\?ter": blocked$/,
  );
});
