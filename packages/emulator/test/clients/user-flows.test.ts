/* eslint-disable @typescript-eslint/no-deprecated -- old programs sign in with passwords */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as identity from '@azure/identity';
import {
  ConfidentialClientApplication,
  InteractionRequiredAuthError,
  PublicClientApplication,
  type Configuration,
} from '@azure/msal-node';
import { trustEmulator } from '@aml-auth/emulator';
import { manualClock } from '@aml-auth/core/testing';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ARM_SCOPE, AZURE_CLI, byPassword, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const DAY_MS = 86_400_000;
// Clients check lifetimes by the machine's clock: the emulator's begins there.
const clock = manualClock(Date.now());
const [contoso, ...others] = USER_SEED.tenants;
const emulated = withEmulator({
  clock,
  seed: {
    ...USER_SEED,
    tenants: [
      {
        ...contoso!,
        users: [
          ...contoso!.users!,
          { upn: 'expired@contoso', password: 'old', state: 'password-expired' },
          { upn: 'locked@contoso', password: 'right', state: 'locked' },
        ],
        apps: [...contoso!.apps!, { name: 'certified-api', certificates: ['generate'] }],
        conditionalAccess: [
          { name: 'daily', users: ['all'], apps: ['machine-learning'], signInFrequency: '1d' },
        ],
      },
      ...others,
    ],
  },
});

const folder = await mkdtemp(join(tmpdir(), 'aml-auth-emulator-test-'));
beforeAll(() => {
  trustEmulator(emulated());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const authOf = (clientId: string, more: Partial<Configuration['auth']> = {}): Configuration => ({
  auth: {
    clientId,
    authority: `${emulated().origin}/${emulated().tenant().id}`,
    knownAuthorities: [new URL(emulated().origin).host],
    ...more,
  },
});
const publicClient = (clientId = AZURE_CLI): PublicClientApplication =>
  new PublicClientApplication(authOf(clientId));
const confidential = (name: string): ConfidentialClientApplication => {
  const { clientId, secret = '' } = emulated().app(name);
  return new ConfidentialClientApplication(authOf(clientId, { clientSecret: secret }));
};
const options = () => ({ authorityHost: emulated().origin, disableInstanceDiscovery: true });
const aliceId = (): string => emulated().user('alice@contoso').id;

/** The token with which somebody calls a service of the tenant. */
async function callOf(name: string): Promise<string> {
  const scope = `api://${emulated().app(name).clientId}/.default`;
  return (await byPassword(emulated(), 'alice@contoso', { scope })).access_token;
}

describe('msal-node', () => {
  test('signs in with a user name and password', async () => {
    const { name: username, password = '' } = emulated().user('alice@contoso');
    const result = await publicClient().acquireTokenByUsernamePassword({
      scopes: [ARM_SCOPE],
      username,
      password,
    });
    expect(decodeJwt(result!.accessToken)).toMatchObject({ oid: aliceId(), amr: ['pwd'] });
  });

  test.each([
    ['expired@contoso', { subError: 'user_password_expired', errorNo: 50055 }],
    ['locked@contoso', { errorCode: 'invalid_grant', errorNo: '50053' }],
  ])('hears why %s cannot sign in', async (upn, expected) => {
    const { name: username, password = '' } = emulated().user(upn);
    const attempt = publicClient().acquireTokenByUsernamePassword({
      scopes: [ARM_SCOPE],
      username,
      password,
    });
    const error = (await attempt.catch((reason: unknown) => reason)) as Record<string, unknown>;
    expect({ ...error, errorNo: String(error['errorNo']) }).toMatchObject({
      ...expected,
      errorNo: String(expected.errorNo),
    });
  });

  test('signs in on a device', async () => {
    const result = await publicClient().acquireTokenByDeviceCode({
      scopes: [ARM_SCOPE],
      deviceCodeCallback: ({ userCode }) => {
        emulated().approveDeviceCode(userCode, 'bob@contoso');
      },
    });
    expect(decodeJwt(result!.accessToken)['amr']).toEqual(['pwd', 'mfa']);
  });

  test('redeems a code as a web application, with the URL that it made', async () => {
    const app = confidential('portal');
    const redirectUri = 'https://portal.example/callback';
    const url = await app.getAuthCodeUrl({ scopes: [ARM_SCOPE], redirectUri, state: 's' });
    const { fields } = await emulated().signIn({ upn: 'alice@contoso', url });
    expect(fields['state']).toBe('s');
    const result = await app.acquireTokenByCode({ code: fields['code']!, scopes: [ARM_SCOPE], redirectUri });
    expect(result.account?.username).toBe('alice@contoso.onmicrosoft.com');
    const silent = await app.acquireTokenSilent({ account: result.account!, scopes: [ARM_SCOPE] });
    expect(silent.fromCache).toBe(true);
  });

  test('calls on behalf of a user', async () => {
    const oboAssertion = await callOf('api');
    const result = await confidential('api').acquireTokenOnBehalfOf({ oboAssertion, scopes: [ARM_SCOPE] });
    expect(decodeJwt(result!.accessToken)).toMatchObject({
      oid: aliceId(),
      appid: emulated().app('api').clientId,
    });
  });

  test('asks for a person once the sign-in is older than a policy allows', async () => {
    const app = publicClient();
    const { refresh_token: refreshToken } = await byPassword(emulated(), 'alice@contoso');
    const scopes = ['https://ml.azure.com/.default'];
    expect(await app.acquireTokenByRefreshToken({ refreshToken, scopes })).not.toBeNull();
    clock.advance(DAY_MS + 1);
    const attempt = publicClient().acquireTokenByRefreshToken({ refreshToken, scopes });
    const error: unknown = await attempt.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InteractionRequiredAuthError);
    expect(error).toMatchObject({ subError: 'bad_token' });
    clock.setWallTime(Date.now());
  });
});

describe('@azure/identity', () => {
  test('UsernamePasswordCredential', async () => {
    const { name, password = '' } = emulated().user('alice@contoso');
    const { tenantId } = emulated().app('notebook');
    const credential = new identity.UsernamePasswordCredential(
      tenantId,
      AZURE_CLI,
      name,
      password,
      options(),
    );
    const { token } = await credential.getToken(ARM_SCOPE);
    expect(decodeJwt(token)['oid']).toBe(aliceId());
  });

  test('AuthorizationCodeCredential', async () => {
    const { tenantId, clientId, secret = '' } = emulated().app('portal');
    const redirect = 'https://portal.example/callback';
    const url = await confidential('portal').getAuthCodeUrl({ scopes: [ARM_SCOPE], redirectUri: redirect });
    const { fields } = await emulated().signIn({ upn: 'alice@contoso', url });
    const credential = new identity.AuthorizationCodeCredential(
      tenantId,
      clientId,
      secret,
      fields['code']!,
      redirect,
      options(),
    );
    expect(decodeJwt((await credential.getToken(ARM_SCOPE)).token)['oid']).toBe(aliceId());
  });

  test('OnBehalfOfCredential with a certificate', async () => {
    const { tenantId, clientId, certificate } = emulated().app('certified-api');
    const certificatePath = join(folder, 'api.pem');
    await writeFile(certificatePath, `${certificate!.privateKey}\n${certificate!.pem}\n`, { mode: 0o600 });
    const credential = new identity.OnBehalfOfCredential({
      tenantId,
      clientId,
      certificatePath,
      userAssertionToken: await callOf('certified-api'),
      ...options(),
    });
    const { token } = await credential.getToken(ARM_SCOPE);
    expect(decodeJwt(token)).toMatchObject({ oid: aliceId(), appid: clientId, appidacr: '2' });
  });
});
