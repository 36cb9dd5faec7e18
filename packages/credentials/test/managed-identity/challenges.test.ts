import { createHash } from 'node:crypto';
import { fromManagedIdentity } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAssertionServer } from '../support/assertion-server.js';

const ARM = 'https://management.azure.com/.default';
const claims = '{"access_token":{"nbf":{"essential":true,"value":"1795385834"}}}';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [{ name: 'contoso' }],
      subscriptions: [
        {
          name: 'dev',
          resourceGroups: [{ name: 'rg', location: 'westeurope', identities: [{ name: 'id-one' }] }],
        },
      ],
      hosts: [{ kind: 'service-fabric', as: 'id-one' }],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

describe('a managed identity that meets a claims challenge', () => {
  it('tells Service Fabric which token was refused, and declares the capability', async () => {
    const credential = fromManagedIdentity({ env: emulator.host('service-fabric').env });
    const first = await credential.getToken(ARM, { enableCae: true });
    const second = await credential.getToken(ARM, { enableCae: true, claims });
    expect(second.token).not.toBe(first.token);
    expect(decodeJwt(second.token)['xms_cc']).toEqual(['cp1']);
    const queries = emulator.requests.map(({ path }) => new URL(path, emulator.origin).searchParams);
    const hash = createHash('sha256').update(first.token).digest('hex');
    expect(queries.map((query) => [query.get('xms_cc'), query.get('token_sha256_to_refresh')])).toEqual([
      ['cp1', null],
      ['cp1', hash],
    ]);
  });

  it('asks a source again that knows no claims, and says so where it gives the refused token', async () => {
    const server = await startAssertionServer();
    const reply = (access_token: string) =>
      void (server.answer = {
        status: 200,
        body: JSON.stringify({ access_token, expires_on: Math.floor(Date.now() / 1000) + 3600 }),
      });
    const credential = fromManagedIdentity({
      env: { IDENTITY_ENDPOINT: `${server.origin}/token`, IDENTITY_HEADER: 'h' },
    });
    reply('kept-by-the-platform');
    await credential.getToken(ARM);
    await expect(credential.getToken(ARM, { claims })).rejects.toMatchObject({
      code: 'AML_UNAUTHENTICATED',
      claims,
    });
    reply('new');
    expect((await credential.getToken(ARM, { claims })).token).toBe('new');
    expect(server.requests).toHaveLength(3);
    expect((await credential.getToken(ARM)).token).toBe('new');
    await server.close();
  });
});

it('an instant of the platform is read by the platform’s clock, not by one that is off', async () => {
  const server = await startAssertionServer();
  const there = Date.now() + 3 * 3_600_000;
  server.answer = {
    status: 200,
    body: JSON.stringify({ access_token: 'x', expires_on: Math.floor(there / 1000) + 3600 }),
  };
  const dated: typeof fetch = async (input, init) => {
    const reply = await fetch(input, init);
    const headers = new Headers(reply.headers);
    headers.set('date', new Date(there).toUTCString());
    return new Response(reply.body, { status: reply.status, headers });
  };
  const env = { IDENTITY_ENDPOINT: `${server.origin}/token`, IDENTITY_HEADER: 'h' };
  const token = await fromManagedIdentity({ env, fetch: dated }).getToken(ARM);
  expect(Math.abs(token.expiresOnTimestamp - Date.now() - 3_600_000)).toBeLessThan(5_000);
  await server.close();
});
