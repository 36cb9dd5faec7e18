import { AuthenticationContext, type ErrorResponse, type TokenResponse } from 'adal-node';
import { trustEmulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { beforeAll, expect, test } from 'vitest';

import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();

beforeAll(() => {
  trustEmulator(emulated());
});

/** Its cache spans the process: another resource is another entry. */
function acquire(secret: string, resource: string): Promise<TokenResponse> {
  const { origin, app, tenant } = emulated();
  const context = new AuthenticationContext(`${origin}/${tenant().id}`, false);
  return new Promise((resolve, reject) => {
    context.acquireTokenWithClientCredentials(
      resource,
      app('trainer').clientId,
      secret,
      (error: Error | null, response: TokenResponse | ErrorResponse | undefined) => {
        if (error !== null) reject(error);
        else resolve(response as TokenResponse);
      },
    );
  });
}

test('an unmodified v1 client gets a token for the resource that it names', async () => {
  const response = await acquire(emulated().app('trainer').secret!, 'https://management.core.windows.net/');
  expect(response).toMatchObject({
    tokenType: 'Bearer',
    expiresIn: 3599,
    resource: 'https://management.core.windows.net/',
  });
  expect(decodeJwt(response.accessToken)).toMatchObject({ aud: 'https://management.core.windows.net/' });
});

test('a wrong secret reaches the caller', async () => {
  await expect(acquire('wrong', 'https://graph.microsoft.com')).rejects.toThrow(/AADSTS7000215/);
});
