import { ClientSecretCredential } from '@azure/identity';
import { trustEmulator } from '@aml-auth/emulator';
import { beforeAll, expect, test } from 'vitest';

import { tokenTimes } from '../../src/entra/token-times.js';
import { postToken, secretForm } from '../support/emulated.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({
  seed: {
    tenants: [
      { name: 'contoso', apps: [{ name: 'long', secrets: [{ value: 'long' }], tokenLifetime: 28_800 }] },
    ],
  },
});
beforeAll(() => {
  trustEmulator(emulated());
});

const issued = (expiresIn: number) => ({ accessToken: '', expiresIn, expiresOn: 0, notBefore: 0 });

test.each([
  [3_599, undefined],
  [7_198, undefined],
  [7_199, 3_600],
  [86_399, 43_200],
])('a token of %i seconds is to be renewed after %s', (expiresIn, expected) => {
  expect(tokenTimes('v2', issued(expiresIn))['refresh_in']).toBe(expected);
  expect(tokenTimes('v1', issued(expiresIn))['refresh_in']).toBe(expected?.toString());
});

test('@azure/identity renews a long token when it is told to', async () => {
  const { tenantId, clientId, secret = '' } = emulated().app('long');
  const answer = await postToken(emulated(), secretForm(emulated(), 'long'));
  expect(await answer.json()).toMatchObject({ expires_in: 28_799, refresh_in: 14_400 });
  const options = { authorityHost: emulated().origin, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(tenantId, clientId, secret, options);
  const token = await credential.getToken('https://management.azure.com/.default');
  const half = (token.expiresOnTimestamp - (token.refreshAfterTimestamp ?? 0)) / 1000;
  expect(half).toBeGreaterThan(14_390);
  expect(half).toBeLessThan(14_410);
});
