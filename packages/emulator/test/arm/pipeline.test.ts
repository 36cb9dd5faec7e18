import { manualClock } from '@aml-auth/core/testing';
import { demoSeed } from '@aml-auth/emulator';
import { generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';

import { callArm, postToken, secretForm, tokenOf } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const clock = manualClock(NOW);
const emulated = withEmulator({
  clock,
  seed: {
    ...demoSeed,
    tenants: [
      ...demoSeed.tenants,
      { name: 'fabrikam', apps: [{ name: 'stranger', secrets: [{ value: 'stranger' }] }] },
    ],
  },
});

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly challenge: string | null;
}

async function get(path: string, authorization?: string): Promise<Refused> {
  const response = await emulated().fetch(`${emulated().origin}${path}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const { error } = (await response.json()) as { error?: { code: string; message: string } };
  const { code = '', message = '' } = error ?? {};
  expect(response.headers.get('x-ms-error-code')).toBe(code === '' ? null : code);
  return { status: response.status, code, message, challenge: response.headers.get('www-authenticate') };
}

const subscription = (): string => `/subscriptions/${emulated().subscription('dev').id}`;
const path = (): string => `${subscription()}?api-version=2022-12-01`;

describe('the bearer token', () => {
  test('a missing one leads to the tenant of the subscription', async () => {
    const refused = await get(path());
    expect(refused).toMatchObject({ status: 401, code: 'AuthenticationFailed' });
    expect(refused.challenge).toBe(
      `Bearer authorization_uri="${emulated().origin}/${emulated().tenant('contoso').id}", error="invalid_token", error_description="Authentication failed. The 'Authorization' header is missing."`,
    );
  });

  test.each([
    ['Basic abc', 'AuthenticationFailedInvalidHeader'],
    ['Bearer', 'AuthenticationFailedInvalidHeader'],
    ['Bearer nonsense', 'InvalidAuthenticationToken'],
    ['Bearer a.b.c', 'InvalidAuthenticationToken'],
    ['Bearer eyJhbGciOiJub25lIn0.e30.', 'InvalidAuthenticationToken'],
  ])('%s is refused as %s', async (authorization, code) => {
    expect(await get(path(), authorization)).toMatchObject({ status: 401, code });
  });

  test('one of another key is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const token = await new SignJWT({ aud: emulated().origin, exp: NOW / 1000 + 60 })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(privateKey);
    expect(await get(path(), `Bearer ${token}`)).toMatchObject({
      status: 401,
      code: 'InvalidAuthenticationToken',
    });
  });

  test('one whose claims were changed is refused', async () => {
    const [header, payload, signature] = (await tokenOf(emulated(), 'trainer')).split('.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Record<string, unknown>;
    claims['oid'] = emulated().app('platform-admin').objectId;
    const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(await get(path(), `Bearer ${header}.${forged}.${signature}`)).toMatchObject({
      status: 401,
      code: 'InvalidAuthenticationToken',
      message: 'The access token signature is invalid.',
    });
  });

  test.each(['https://graph.microsoft.com', 'https://ml.azure.com'])(
    'one for %s is refused',
    async (resource) => {
      const token = await tokenOf(emulated(), 'platform-admin', `${resource}/.default`);
      const refused = await get(path(), `Bearer ${token}`);
      expect(refused).toMatchObject({ status: 401, code: 'InvalidAuthenticationTokenAudience' });
      expect(refused.message).toContain(`wrong audience or resource '${resource}'`);
      expect(refused.message).toContain(`'${emulated().origin}'`);
    },
  );

  test("one for the emulator's Graph is refused, though it is on the same host", async () => {
    const token = await tokenOf(emulated(), 'platform-admin', `${emulated().origin}/graph//.default`);
    expect(await get(path(), `Bearer ${token}`)).toMatchObject({
      code: 'InvalidAuthenticationTokenAudience',
    });
  });

  test.each(['https://management.core.windows.net//.default', 'https://management.azure.com/.default'])(
    'one for %s is accepted',
    async (scope) => {
      const token = await tokenOf(emulated(), 'auditor', scope);
      expect(await get(path(), `Bearer ${token}`)).toMatchObject({ status: 200 });
    },
  );

  test('it expires on the clock of the emulator', async () => {
    const token = await tokenOf(emulated(), 'auditor');
    clock.advance(3_599_000);
    expect(await get(path(), `Bearer ${token}`)).toMatchObject({ status: 200 });
    clock.advance(1_000);
    expect(await get(path(), `Bearer ${token}`)).toMatchObject({
      status: 401,
      code: 'ExpiredAuthenticationToken',
      message:
        "The access token expiry UTC time '2026-11-22T10:00:00.000Z' is earlier than current UTC time '2026-11-22T10:00:00.000Z'.",
    });
    clock.setWallTime(NOW - 7_200_000);
    expect(await get(path(), `Bearer ${token}`)).toMatchObject({
      status: 401,
      code: 'InvalidAuthenticationToken',
    });
    clock.setWallTime(NOW);
  });

  test('one of another tenant is refused', async () => {
    const refused = await callArm(emulated(), 'stranger', subscription());
    expect(refused).toMatchObject({ status: 401, code: 'InvalidAuthenticationTokenTenant' });
    expect(refused.body.error.message).toContain('is from the wrong issuer');
    expect(await callArm(emulated(), 'stranger', '/subscriptions')).toMatchObject({ body: { value: [] } });
  });
});

describe('the rest of the way', () => {
  test('a subscription that does not exist comes before the api-version and the rights', async () => {
    const unknown = '/subscriptions/00000000-0000-4000-8000-000000000000';
    expect(await callArm(emulated(), 'trainer', `${unknown}?api-version=`)).toMatchObject({
      status: 404,
      code: 'SubscriptionNotFound',
    });
    expect(await callArm(emulated(), 'trainer', '/subscriptions/dev')).toMatchObject({
      status: 400,
      code: 'InvalidSubscriptionId',
    });
  });

  test('a resource group that does not exist is named', async () => {
    const answer = await callArm(
      emulated(),
      'auditor',
      `${subscription()}/resourceGroups/nope/providers/Microsoft.MachineLearningServices/workspaces`,
    );
    expect(answer).toMatchObject({ status: 404, code: 'ResourceGroupNotFound' });
    expect(answer.body.error.message).toBe("Resource group 'nope' could not be found.");
  });

  test('without an api-version nothing goes', async () => {
    expect(await callArm(emulated(), 'auditor', `${subscription()}?api-version=`)).toMatchObject({
      status: 400,
      code: 'MissingApiVersionParameter',
    });
  });

  test.each([
    ['', '2022-12-02', 'InvalidApiVersionParameter'],
    ['', 'latest', 'InvalidApiVersionParameter'],
    ['/providers/Microsoft.MachineLearningServices/workspaces', '2024-10-02', 'NoRegisteredProviderFound'],
    [
      '/providers/Microsoft.MachineLearningServices/workspaces',
      '2024-13-45-preview',
      'NoRegisteredProviderFound',
    ],
    ['/providers/Microsoft.Authorization/roleAssignments', '2022-12-01', 'NoRegisteredProviderFound'],
  ])('%s does not have the api-version %s', async (suffix, version, code) => {
    const answer = await callArm(emulated(), 'auditor', `${subscription()}${suffix}?api-version=${version}`);
    expect(answer).toMatchObject({ status: 400, code });
  });

  test.each(['2022-04-01', '2020-04-01-preview', '2018-01-01-preview'])(
    'role assignments have %s',
    async (version) => {
      const list = `${subscription()}/providers/Microsoft.Authorization/roleAssignments?API-Version=${version}`;
      const response = await emulated().fetch(`${emulated().origin}${list}`, {
        headers: { authorization: `Bearer ${await tokenOf(emulated(), 'auditor')}` },
      });
      expect(response.status).toBe(200);
    },
  );

  test('the right is checked before the type is looked up', async () => {
    const unknown = `${subscription()}/providers/Microsoft.Nowhere/things/x?api-version=2024-01-01`;
    expect(await callArm(emulated(), 'trainer', unknown)).toMatchObject({ status: 403 });
    expect(await callArm(emulated(), 'auditor', unknown)).toMatchObject({
      status: 404,
      code: 'InvalidResourceType',
    });
  });

  test('a method that the type does not have is 405', async () => {
    const answer = await callArm(emulated(), 'platform-admin', subscription(), { method: 'PUT', body: {} });
    expect(answer).toMatchObject({ status: 405, code: 'MethodNotAllowed' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  test.each(['/subscriptions//', '//subscriptions', '/SUBSCRIPTIONS', '/subscriptions/'])(
    '%s is /subscriptions',
    async (spelling) => {
      const { origin } = emulated();
      const { status, body } = await callArm(emulated(), 'auditor', `${origin}${spelling}`);
      expect(status).toBe(200);
      expect(body.value).toHaveLength(1);
    },
  );

  test.each(['/subscriptions/x/y', '/providers/a/b/c/d/e/providers'])(
    '%s is outside the grammar',
    async (odd) => {
      const answer = await callArm(emulated(), 'auditor', `${odd}?api-version=2022-04-01`);
      expect([400, 403, 404]).toContain(answer.status);
      expect(answer.code).toBeTruthy();
    },
  );

  test('correlation ids come back', async () => {
    const id = 'c0ffee00-0000-4000-8000-000000000002';
    const { headers } = await callArm(emulated(), 'auditor', subscription(), {
      headers: {
        'x-ms-correlation-request-id': id,
        'x-ms-client-request-id': id,
        'x-ms-return-client-request-id': 'true',
      },
    });
    expect(headers.get('x-ms-correlation-request-id')).toBe(id);
    expect(headers.get('x-ms-client-request-id')).toBe(id);
    expect(headers.get('x-ms-request-id')).toMatch(/^[\da-f-]{36}$/);
    const other = await callArm(emulated(), 'auditor', subscription());
    expect(other.headers.get('x-ms-correlation-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(other.headers.has('x-ms-client-request-id')).toBe(false);
  });

  test('a token for a client that was changed by restore keeps working', async () => {
    const { access_token: token } = (await (
      await postToken(emulated(), secretForm(emulated(), 'auditor'))
    ).json()) as { access_token: string };
    emulated().restore(emulated().snapshot());
    expect(await get(path(), `Bearer ${token}`)).toMatchObject({ status: 200 });
  });
});
