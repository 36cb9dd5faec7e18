import { accessSync, constants } from 'node:fs';
import { fromManagedIdentity, type ManagedIdentityOptions } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator, type EmulatorSeed } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';

const seed: EmulatorSeed = {
  tenants: [{ name: 'contoso', users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }] }],
  subscriptions: [
    {
      name: 'dev',
      resourceGroups: [
        {
          name: 'rg',
          location: 'westeurope',
          identities: [{ name: 'id-one' }, { name: 'id-two' }],
          workspaces: [
            {
              name: 'ws1',
              computes: [
                { name: 'cluster', identity: 'id-one' },
                { name: 'instance', kind: 'ComputeInstance', identity: 'none', user: 'alice@contoso' },
              ],
            },
          ],
        },
      ],
    },
  ],
  hosts: [
    { kind: 'vm', as: ['system', 'id-one', 'id-two'] },
    { kind: 'app-service', as: ['system', 'id-one'] },
    { kind: 'aml-online-endpoint', as: ['system', 'id-two'] },
    { kind: 'cloud-shell', as: 'alice@contoso' },
    { kind: 'service-fabric', as: 'id-one' },
  ],
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ seed });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

async function claimsAt(host: string, options: Omit<ManagedIdentityOptions, 'env'> = {}) {
  const { env } = emulator.host(host);
  const { token } = await fromManagedIdentity({ ...options, env }).getToken(ARM);
  return decodeJwt(token);
}

describe('fromManagedIdentity', () => {
  it.each(['vm', 'app-service'])(
    'is the system-assigned identity on %s, and any other that is asked for',
    async (host) => {
      const { clientId, principalId, id } = emulator.identity('id-one');
      const own = await claimsAt(host);
      expect(own['oid']).not.toBe(principalId);
      for (const selector of [{ clientId }, { objectId: principalId }, { resourceId: id }]) {
        expect(await claimsAt(host, selector)).toMatchObject({
          appid: clientId,
          oid: principalId,
          idtyp: 'app',
        });
      }
    },
  );

  it.each([
    ['cluster', 'id-one'],
    ['service-fabric', 'id-one'],
  ])('is the identity of %s', async (host, name) => {
    expect(await claimsAt(host)).toMatchObject({ appid: emulator.identity(name).clientId });
  });

  it('is the system-assigned identity of an online endpoint, and another one by its client id', async () => {
    const { identities } = emulator.host('aml-online-endpoint');
    const { clientId } = emulator.identity('id-two');
    const own = identities.find((identity) => identity.clientId !== clientId);
    expect(await claimsAt('aml-online-endpoint')).toMatchObject({ oid: own?.principalId, idtyp: 'app' });
    expect(await claimsAt('aml-online-endpoint', { clientId })).toMatchObject({ appid: clientId });
  });

  it('is the person who is signed in to Cloud Shell', async () => {
    expect(await claimsAt('cloud-shell')).toMatchObject({
      idtyp: 'user',
      oid: emulator.user('alice@contoso').id,
    });
  });

  it('is never the owner of a compute instance without an identity', async () => {
    await expect(claimsAt('instance')).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
      disposition: 'skip',
    });
  });

  it.each(['vm', 'app-service', 'cluster'])(
    'stops where %s does not have the identity that is asked for',
    async (host) => {
      const clientId = '99999999-9999-4999-8999-999999999999';
      await expect(claimsAt(host, { clientId, timeLimitMs: 3_000 })).rejects.toMatchObject({
        disposition: 'stop',
      });
    },
  );

  it('makes one request for ten callers at the same time', async () => {
    const { env } = emulator.host('app-service');
    const credential = fromManagedIdentity({ env });
    const before = emulator.requests.length;
    await Promise.all(Array.from({ length: 10 }, () => credential.getToken(ARM)));
    await credential.getToken(ARM);
    expect(emulator.requests.length - before).toBe(1);
  });

  it('ends a call that was cancelled before it began, without a request', async () => {
    const { env } = emulator.host('app-service');
    const before = emulator.requests.length;
    const call = fromManagedIdentity({ env }).getToken(ARM, { abortSignal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(emulator.requests.length).toBe(before);
  });

  it('trusts a cluster of Service Fabric by its thumbprint and by nothing else', async () => {
    const env = { ...emulator.host('service-fabric').env, IDENTITY_SERVER_THUMBPRINT: '0'.repeat(40) };
    const before = emulator.requests.length;
    const call = fromManagedIdentity({ env, timeLimitMs: 3_000 }).getToken(ARM);
    await expect(call).rejects.toMatchObject({ code: 'AML_NETWORK' });
    expect(emulator.requests.length).toBe(before);
  });
});

/** The folder that the agent of Azure Arc owns; only there do clients open key files. */
const arcFolder = (() => {
  try {
    accessSync('/var/opt', constants.W_OK);
    return process.platform === 'linux' ? undefined : 'not on this system';
  } catch {
    return '/var/opt cannot be written';
  }
})();

describe.skipIf(arcFolder !== undefined)(
  `Azure Arc${arcFolder === undefined ? '' : ` (skipped: ${arcFolder})`}`,
  () => {
    it('reads the key file that the agent names, and signs in', async () => {
      const machine = await startEmulator({
        seed: { ...seed, hosts: [{ kind: 'arc', as: 'system', keyDir: 'agent' }] },
      });
      try {
        const { env, identities } = machine.host('arc');
        const { token } = await fromManagedIdentity({ env }).getToken(ARM);
        expect(decodeJwt(token)['oid']).toBe(identities[0]?.principalId);
      } finally {
        await machine.close();
      }
    });
  },
);
