import { AmlAuthError } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { createArmClient, findTenant, tenantMismatch, type ArmClient } from '@aml-auth/rest';
import { manualClock } from '@aml-auth/core/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emulatedClient } from '../emulated-client.js';
import { clientOf, collect, loopbackArm } from '../loopback-arm.js';

let emulator: Emulator;
let arm: ArmClient;

beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      ...demoSeed,
      tenants: [
        ...demoSeed.tenants,
        { name: 'fabrikam', apps: [{ name: 'stranger', secrets: [{ value: 'secret-of-the-emulator' }] }] },
      ],
      subscriptions: [...(demoSeed.subscriptions ?? []), { name: 'prod', tenant: 'contoso' }],
      roleAssignments: [
        { principal: 'app:platform-admin', role: 'Owner', scope: '/dev' },
        { principal: 'app:platform-admin', role: 'Reader', scope: '/prod' },
        { principal: 'app:trainer', role: 'Reader', scope: '/dev' },
      ],
      hosts: [],
    },
  });
  arm = emulatedClient(emulator);
});

afterAll(() => emulator.close());

describe('the subscription to work with', () => {
  it('is the only one', async () => {
    const chosen = await emulatedClient(emulator, 'trainer').subscriptions.choose();
    expect(chosen).toMatchObject({
      subscriptionId: emulator.subscription('dev').id,
      tenantId: emulator.tenant('contoso').id,
    });
  });

  it('is the one that is named, by display name or id, or in the environment', async () => {
    const prod = { subscriptionId: emulator.subscription('prod').id };
    await expect(arm.subscriptions.choose({ named: 'PROD' })).resolves.toMatchObject(prod);
    await expect(
      arm.subscriptions.choose({ named: prod.subscriptionId.toUpperCase() }),
    ).resolves.toMatchObject(prod);
    vi.stubEnv('AZURE_SUBSCRIPTION_ID', prod.subscriptionId);
    await expect(arm.subscriptions.choose()).resolves.toMatchObject(prod);
    vi.unstubAllEnvs();
    await expect(arm.subscriptions.get(prod.subscriptionId)).resolves.toMatchObject({ displayName: 'prod' });
  });

  it('is never guessed among several', async () => {
    const { id } = emulator.subscription('prod');
    await expect(arm.subscriptions.choose()).rejects.toMatchObject({
      code: 'AML_AMBIGUOUS',
      message: expect.stringContaining(`prod (${id})`) as string,
    });
  });

  it('is not there', async () => {
    await expect(arm.subscriptions.choose({ named: 'staging' })).rejects.toMatchObject({
      code: 'AML_NOT_FOUND',
      message: expect.stringMatching(/"staging".*Visible: dev/) as string,
    });
    await expect(emulatedClient(emulator, 'auditor').subscriptions.choose()).rejects.toMatchObject({
      code: 'AML_NOT_FOUND',
    });
  });

  it.each([
    [['Enabled', 'Disabled'], 's0'],
    [['Disabled', 'Warned'], 's1'],
    [['Disabled', 'Deleted'], 'AML_NOT_FOUND'],
    [['Enabled', 'PastDue'], 'AML_AMBIGUOUS'],
  ])('is one that can be used: %j', async (states, expected) => {
    const value = states.map((state, index) => ({
      id: `/subscriptions/s${String(index)}`,
      subscriptionId: `s${String(index)}`,
      displayName: 'same',
      state,
    }));
    const { client } = clientOf(await loopbackArm(() => ({ body: { value } })));
    const outcome = await client.subscriptions.choose().then(
      ({ subscriptionId }) => subscriptionId,
      (error: unknown) => (error as AmlAuthError).code,
    );
    expect(outcome).toBe(expected);
    await expect(client.subscriptions.choose({ named: 'same' })).rejects.toMatchObject({
      code: 'AML_AMBIGUOUS',
    });
  });
});

describe('the tenant', () => {
  it('of a subscription is found without a sign-in', async () => {
    const { id } = emulator.subscription('dev');
    const before = emulator.requests.length;
    await expect(findTenant(id, { cloud: emulator.cloud, fetch: emulator.fetch })).resolves.toBe(
      emulator.tenant('contoso').id,
    );
    const sent = emulator.requests.slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.request.headers.map(([name]) => name)).not.toContain('authorization');
  });

  it.each([
    [{ status: 404, body: { error: { code: 'SubscriptionNotFound', message: 'none' } } }, 'AML_NOT_FOUND'],
    [{ status: 401, body: {} }, 'AML_RESPONSE_INVALID'],
    [
      {
        status: 401,
        headers: { 'www-authenticate': 'Bearer authorization_uri="https://login.windows.net/common"' },
      },
      'AML_RESPONSE_INVALID',
    ],
    [{ status: 200, body: {} }, 'AML_RESPONSE_INVALID'],
    [{ status: 302, headers: { location: 'https://evil.example' } }, 'AML_RESPONSE_INVALID'],
    [{ status: 503 }, 'AML_SERVICE_UNAVAILABLE'],
    [{ reset: true }, 'AML_NETWORK'],
    [{ hang: true }, 'AML_TIMEOUT'],
  ] as const)('is not told by %j: %s', async (answer, code) => {
    const loopback = await loopbackArm(() => answer);
    const clock = manualClock();
    const found = findTenant(emulator.subscription('dev').id, {
      fetch: loopback.fetch,
      clock,
      timeLimitMs: 20,
    });
    const refused = expect(found).rejects.toMatchObject({ code });
    await loopback.arrived(1);
    if (code === 'AML_TIMEOUT') clock.advance(20);
    await refused;
    expect(loopback.seen.map(({ host }) => host)).toEqual(['management.azure.com']);
  });

  it('is not asked for with what is no subscription, nor after a cancellation', async () => {
    const loopback = await loopbackArm(() => ({}));
    const { fetch } = loopback;
    await expect(findTenant('../x', { fetch })).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    await expect(
      findTenant(emulator.subscription('dev').id, { fetch, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(loopback.seen).toEqual([]);
  });

  it('that the caller belongs to is listed', async () => {
    const { id, domain } = emulator.tenant('contoso');
    await expect(collect(arm.tenants.list())).resolves.toMatchObject([
      { tenantId: id, defaultDomain: domain },
    ]);
  });
});

describe('a token of another tenant', () => {
  it('is refused with both tenants, and where to sign in', async () => {
    const { tenantId, clientId, secret = '' } = emulator.app('stranger');
    const { cloud, fetch } = emulator;
    const credential = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud, fetch });
    const client = createArmClient({ credential, cloud, fetch });
    const right = emulator.tenant('contoso').id;
    const error: unknown = await client.workspaces
      .get({ ...emulator.workspace('ws1'), workspaceName: 'ws1' })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'AML_UNAUTHENTICATED',
      armCode: 'InvalidAuthenticationTokenTenant',
      remedy: expect.stringMatching(new RegExp(`${tenantId}.*az login --tenant ${right}`)) as string,
    });
    expect(tenantMismatch(error)).toEqual({ tokenTenantId: tenantId, tenantId: right });
  });

  it.each([
    [new Error('x'), undefined],
    [
      new AmlAuthError({ code: 'AML_UNAUTHENTICATED', message: 'x', armCode: 'InvalidAuthenticationToken' }),
      undefined,
    ],
    [
      new AmlAuthError({
        code: 'AML_UNAUTHENTICATED',
        message: 'x',
        armCode: 'InvalidAuthenticationTokenTenant',
      }),
      undefined,
    ],
    [
      new AmlAuthError({
        code: 'AML_UNAUTHENTICATED',
        armCode: 'InvalidAuthenticationTokenTenant',
        message:
          "from the wrong issuer 'https://sts.windows.net/x/'. It must match one of the tenants 'https://sts.windows.net/00000000-0000-0000-0000-00000000000A/,https://sts.windows.net/00000000-0000-0000-0000-00000000000b/' associated",
      }),
      { tokenTenantId: undefined, tenantId: '00000000-0000-0000-0000-00000000000a' },
    ],
  ])('is told from other errors: %s', (error, mismatch) => {
    expect(tenantMismatch(error)).toEqual(mismatch);
  });
});
