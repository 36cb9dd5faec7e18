import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { identityOfToken } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { startRedisServer } from '@aml-auth/testkit/redis';
import { entraRedisCredentials } from '@aml-auth/token-cache';
import { createClient } from 'redis';
import { expect, it, onTestFinished } from 'vitest';

/** The emulator has no service principal of Azure Redis; one of another resource stands for it. */
const scope = 'https://ml.azure.com/.default';

/** Whether Microsoft Entra ID, which the emulator stands for, has signed the token. */
async function isSigned(token: string, keysUrl: string): Promise<boolean> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const { keys } = (await (await fetch(keysUrl)).json()) as { keys: (JsonWebKey & { kid: string })[] };
  const key = keys.find((one) => one.kid === kid);
  if (key === undefined) return false;
  const signed = Buffer.from(`${header}.${payload}`);
  return verify(
    'sha256',
    signed,
    createPublicKey({ key, format: 'jwk' }),
    Buffer.from(signature, 'base64url'),
  );
}

it('a client secret signs in to Redis with a token of Microsoft Entra ID, and with nothing else', async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  trustEmulator(emulator);
  const server = await startRedisServer();
  onTestFinished(() => server.close());
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const credential = fromClientSecret({
    tenantId,
    clientId,
    clientSecret: secret,
    cloud: emulator.cloud,
  });
  const { token } = await credential.getToken(scope);
  expect(await isSigned(token, `${emulator.origin}/${tenantId}/discovery/v2.0/keys`)).toBe(true);
  const oid = identityOfToken(token)?.objectId ?? '';

  // The part of the Azure service: a token that was verified is the password of the identity that it names.
  const admin = createClient({ url: server.url });
  await admin.connect();
  await admin.sendCommand(['ACL', 'SETUSER', oid, 'on', `>${token}`, '~*', '+@all']);
  await admin.sendCommand(['ACL', 'SETUSER', 'default', 'off']);
  const client = createClient({
    url: server.url,
    credentialsProvider: entraRedisCredentials(credential, { scope }),
  });
  onTestFinished(() => {
    client.destroy();
    admin.destroy();
  });
  await client.connect();
  expect(await client.sendCommand(['ACL', 'WHOAMI'])).toBe(oid);
  await client.set('a', '1');

  const stranger = createClient({
    url: server.url,
    username: oid,
    password: `${token}x`,
    socket: { reconnectStrategy: false },
  });
  stranger.on('error', () => undefined);
  await expect(stranger.connect()).rejects.toThrow('WRONGPASS');
});
