import { ClientSecretCredential } from '@azure/identity';
import { trustEmulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { beforeAll, expect, test } from 'vitest';

import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator();

beforeAll(() => {
  trustEmulator(emulated());
});

function credential(secret?: string, authorityHost = emulated().origin): ClientSecretCredential {
  const app = emulated().app('trainer');
  return new ClientSecretCredential(app.tenantId, app.clientId, secret ?? app.secret!, {
    authorityHost,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  });
}

test('an unmodified ClientSecretCredential signs in over TLS and reads its workspace', async () => {
  const emulator = emulated();
  const token = await credential().getToken('https://management.azure.com/.default');
  const response = await fetch(`${emulator.origin}/${emulator.workspace('ws1').id}?api-version=2024-10-01`, {
    headers: { authorization: `Bearer ${token.token}` },
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    name: 'ws1',
    properties: { provisioningState: 'Succeeded' },
  });
  expect(response.headers.get('x-emu-decision')).toContain('role=AzureML Data Scientist');
});

test('it signs in at the IP address as well, because documents name the host that was asked', async () => {
  const authority = `https://127.0.0.1:${emulated().port}`;
  await expect(credential(undefined, authority).getToken(`${authority}/.default`)).resolves.toMatchObject({
    tokenType: 'Bearer',
  });
});

test('with CAE its token carries the capability cp1', async () => {
  const token = await credential().getToken(`${emulated().origin}/.default`, { enableCae: true });
  expect(decodeJwt(token.token)).toMatchObject({ xms_cc: ['cp1'], aud: emulated().origin });
});

test('a wrong secret reaches the caller as AADSTS7000215', async () => {
  await expect(credential('wrong').getToken('https://ml.azure.com/.default')).rejects.toThrow(
    /AADSTS7000215/,
  );
});
