import { AuthenticationContext, MemoryCache, type TokenResponse, type UserCodeInfo } from 'adal-node';
import { trustEmulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { beforeAll, expect, test } from 'vitest';

import { authorizeUrl, AZURE_CLI, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const ARM = 'https://management.core.windows.net/';
const emulated = withEmulator({ seed: USER_SEED });

beforeAll(() => {
  trustEmulator(emulated());
});

/** With a cache of its own: the default one spans the process. */
function context(tenant = emulated().tenant().id): AuthenticationContext {
  return new AuthenticationContext(`${emulated().origin}/${tenant}`, false, new MemoryCache());
}

function answerOf<T>(run: (callback: (error: Error | null, response?: unknown) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    run((error, response) => {
      if (error === null) resolve(response as T);
      else reject(error);
    });
  });
}

test.each(['the tenant', 'common'])('a user name and password work at %s', async (tenant) => {
  const { name, password = '' } = emulated().user('alice@contoso');
  const before = emulated().requests.length;
  const response = await answerOf<TokenResponse>((callback) => {
    context(tenant === 'common' ? 'common' : undefined).acquireTokenWithUsernamePassword(
      ARM,
      name,
      password,
      AZURE_CLI,
      callback,
    );
  });
  expect(response).toMatchObject({
    tokenType: 'Bearer',
    expiresIn: 3599,
    resource: ARM,
    userId: name,
    familyName: 'Example',
    isUserIdDisplayable: true,
  });
  expect(decodeJwt(response.accessToken)).toMatchObject({ aud: ARM, upn: name, amr: ['pwd'] });
  const realm = emulated().requests.slice(before)[0];
  expect(realm?.path).toMatch(/^\/common\/UserRealm\/alice/);
});

test('a wrong password reaches the caller', async () => {
  const { name } = emulated().user('alice@contoso');
  const attempt = answerOf((callback) => {
    context().acquireTokenWithUsernamePassword(ARM, name, 'wrong', AZURE_CLI, callback);
  });
  await expect(attempt).rejects.toThrow(/AADSTS50126/);
});

test('a device code, and a refresh token for another resource', async () => {
  const adal = context();
  const info = await answerOf<UserCodeInfo>((callback) => {
    adal.acquireUserCode(ARM, AZURE_CLI, 'en-us', callback);
  });
  expect(info.verificationUrl).toBe(`${emulated().origin}/devicelogin`);
  emulated().approveDeviceCode(info.userCode, 'bob@contoso');
  const first = await answerOf<TokenResponse>((callback) => {
    adal.acquireTokenWithDeviceCode(ARM, AZURE_CLI, { ...info, interval: 0.01 }, callback);
  });
  expect(first.userId).toBe('bob@contoso.onmicrosoft.com');
  const second = await answerOf<TokenResponse>((callback) => {
    context().acquireTokenWithRefreshToken(first.refreshToken!, AZURE_CLI, 'https://ml.azure.com', callback);
  });
  expect(decodeJwt(second.accessToken)).toMatchObject({ aud: 'https://ml.azure.com', amr: ['pwd', 'mfa'] });
  expect(second.refreshToken).not.toBe(first.refreshToken);
});

test('an authorization code of a web application', async () => {
  const { clientId, secret = '' } = emulated().app('portal');
  const redirect = 'https://portal.example/callback';
  const url = authorizeUrl(
    emulated(),
    {
      client_id: clientId,
      redirect_uri: redirect,
      resource: ARM,
      scope: undefined,
      code_challenge: undefined,
      code_challenge_method: undefined,
    },
    { path: 'oauth2/authorize' },
  );
  const { fields } = await emulated().signIn({ upn: 'alice@contoso', url });
  const response = await answerOf<TokenResponse>((callback) => {
    context().acquireTokenWithAuthorizationCode(fields['code']!, redirect, ARM, clientId, secret, callback);
  });
  expect(decodeJwt(response.accessToken)).toMatchObject({ aud: ARM, appid: clientId, appidacr: '1' });
});
