import { ConfidentialClientApplication } from '@azure/msal-node';
import { trustEmulator } from '@aml-auth/emulator';
import { beforeAll, expect, test } from 'vitest';

import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();

beforeAll(() => {
  trustEmulator(emulated());
});

function client(tenant: string, clientSecret?: string): ConfidentialClientApplication {
  const { origin, app } = emulated();
  const { clientId, secret } = app('trainer');
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret: clientSecret ?? secret!,
      authority: `${origin}/${tenant}`,
      knownAuthorities: [new URL(origin).host],
    },
  });
}

test.each(['id', 'domain'] as const)(
  'an unmodified client gets a token with the tenant given by %s',
  async (by) => {
    const result = await client(emulated().tenant()[by]).acquireTokenByClientCredential({
      scopes: ['https://ml.azure.com/.default'],
    });
    expect(result?.accessToken).toMatch(/^eyJ/);
    expect(result?.expiresOn!.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
  },
);

test('it serves the second call from its cache, so that one token request is enough', async () => {
  const msal = client(emulated().tenant().id);
  const before = emulated().requests.length;
  await msal.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
  await msal.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
  const posts = emulated()
    .requests.slice(before)
    .filter(({ method }) => method === 'POST');
  expect(posts).toHaveLength(1);
});

test('it reads an error as Microsoft Entra ID sends it', async () => {
  const attempt = client(emulated().tenant().id, 'wrong').acquireTokenByClientCredential({
    scopes: ['https://ml.azure.com/.default'],
  });
  await expect(attempt).rejects.toMatchObject({
    errorCode: 'invalid_client',
    errorNo: 7000215,
    errorMessage: expect.stringContaining('AADSTS7000215: Invalid client secret provided.') as string,
  });
});
