import { DeviceCodeCredential, OnBehalfOfCredential } from '@azure/identity';
import { PublicClientApplication, type AuthenticationResult } from '@azure/msal-node';
import { trustEmulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { beforeAll, expect, test } from 'vitest';

import { ARM_SCOPE, AZURE_CLI, byPassword, deliver, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: USER_SEED });

beforeAll(() => {
  trustEmulator(emulated());
});

function msal(tenant = emulated().tenant().id, clientId = AZURE_CLI): PublicClientApplication {
  const { origin } = emulated();
  return new PublicClientApplication({
    auth: { clientId, authority: `${origin}/${tenant}`, knownAuthorities: [new URL(origin).host] },
  });
}

function interactively(app: PublicClientApplication, upn: string): Promise<AuthenticationResult> {
  return app.acquireTokenInteractive({
    scopes: [ARM_SCOPE],
    openBrowser: async (url) => {
      const result = await emulated().signIn({ upn, url });
      expect(result.method).toBe('POST');
      expect((await deliver(result)).ok).toBe(true);
    },
  });
}

test('DeviceCodeCredential of @azure/identity signs a user in who may read the workspace', async () => {
  const { origin, tenant, user, workspace, approveDeviceCode } = emulated();
  const credential = new DeviceCodeCredential({
    tenantId: tenant().id,
    authorityHost: origin,
    disableInstanceDiscovery: true,
    userPromptCallback: ({ userCode, verificationUri, message }) => {
      expect(verificationUri).toBe(`${origin}/devicelogin`);
      expect(message).toContain(userCode);
      approveDeviceCode(userCode, 'alice@contoso');
    },
  });
  const { token } = await credential.getToken(ARM_SCOPE);
  expect(decodeJwt(token)).toMatchObject({ oid: user('alice@contoso').id, scp: 'user_impersonation' });
  const response = await fetch(`${origin}${workspace().id}?api-version=2024-10-01`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
});

test('msal-node signs in with a form posted to its loopback port, then silently for other resources', async () => {
  const app = msal();
  const result = await interactively(app, 'bob@contoso');
  expect(result.account?.username).toBe('bob@contoso.onmicrosoft.com');
  expect(decodeJwt(result.accessToken)['amr']).toEqual(['pwd', 'mfa']);

  const account = result.account!;
  const cached = await app.acquireTokenSilent({ account, scopes: [ARM_SCOPE] });
  expect(cached).toMatchObject({ fromCache: true, accessToken: result.accessToken });
  const other = await app.acquireTokenSilent({ account, scopes: ['https://ml.azure.com/.default'] });
  expect(other.fromCache).toBe(false);
  expect(decodeJwt(other.accessToken)).toMatchObject({ aud: 'https://ml.azure.com', amr: ['pwd', 'mfa'] });
});

test.each(['common', 'organizations'])(
  'msal-node at /%s ends in the tenant of the user',
  async (authority) => {
    const result = await interactively(msal(authority), 'carol@fabrikam');
    expect(result.tenantId).toBe(emulated().tenant('fabrikam').id);
  },
);

test('msal-node redeems a refresh token from elsewhere', async () => {
  const { refresh_token: refreshToken } = await byPassword(emulated(), 'alice@contoso');
  const result = await msal().acquireTokenByRefreshToken({ refreshToken, scopes: [ARM_SCOPE] });
  expect(result?.account?.username).toBe('alice@contoso.onmicrosoft.com');
});

test('msal-node asks for a person once the refresh tokens are revoked', async () => {
  const app = msal();
  const { account } = await interactively(app, 'alice@contoso');
  emulated().revokeRefreshTokens('alice@contoso');
  const attempt = app.acquireTokenSilent({
    account: account!,
    scopes: ['https://ml.azure.com/.default'],
  });
  await expect(attempt).rejects.toMatchObject({
    name: 'InteractionRequiredAuthError',
    subError: 'bad_token',
    errorNo: 50173,
  });
});

test('msal-node hears that the user declined, and is told to slow down when that is asked for', async () => {
  const { declineDeviceCode, slowDownDeviceCode } = emulated();
  const attempt = (decide: (userCode: string) => void): Promise<unknown> =>
    msal().acquireTokenByDeviceCode({
      scopes: [ARM_SCOPE],
      deviceCodeCallback: ({ userCode }) => {
        decide(userCode);
      },
    });
  await expect(attempt(declineDeviceCode)).rejects.toThrow(/authorization_declined/);
  await expect(attempt(slowDownDeviceCode)).rejects.toThrow(/slow_down/);
});

test('OnBehalfOfCredential of @azure/identity turns the token of a caller into one for the next service', async () => {
  const { origin, app, user } = emulated();
  const { clientId, tenantId, secret } = app('api');
  const caller = await byPassword(emulated(), 'alice@contoso', {
    client_id: app('notebook').clientId,
    scope: `api://${clientId}/.default`,
  });
  // The published types of the constructor lack the last option, which it takes.
  const options = {
    tenantId,
    clientId,
    clientSecret: secret!,
    userAssertionToken: caller.access_token,
    authorityHost: origin,
    disableInstanceDiscovery: true,
  };
  const { token } = await new OnBehalfOfCredential(options).getToken(ARM_SCOPE);
  expect(decodeJwt(token)).toMatchObject({
    oid: user('alice@contoso').id,
    appid: clientId,
    appidacr: '1',
    aud: 'https://management.azure.com',
  });
});
