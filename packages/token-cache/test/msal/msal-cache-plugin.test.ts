import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import type { TokenStore } from '@aml-auth/core';
import { azureIdentityCachePlugin, memoryTokenStore, msalCachePlugin } from '@aml-auth/token-cache';
import { DeviceCodeCredential, useIdentityPlugin } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARM, confidentialClient, ML, publicClient, signIn } from './support/applications.js';

let emulator: Emulator;
let place: { origin: string; tenantId: string };
beforeAll(async () => {
  emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', users: [{ upn: 'alice@contoso' }, { upn: 'bob@contoso' }] }] },
  });
  trustEmulator(emulator);
  place = { origin: emulator.origin, tenantId: emulator.tenant().id };
});
afterAll(() => emulator.close());

/** A public client as another process would make it: nothing in common but the store. */
const client = (store: TokenStore) => publicClient(place, msalCachePlugin({ store }));

function tokenRequests(): number {
  return emulator.requests.filter(({ method }) => method === 'POST').length;
}

/** A store that does not work at all. */
const broken: TokenStore = {
  kind: 'broken',
  get: () => Promise.reject(new Error('get')),
  set: () => Promise.reject(new Error('set')),
  delete: () => Promise.reject(new Error('delete')),
  acquireLease: () => Promise.reject(new Error('lease')),
};

describe('msalCachePlugin', () => {
  it('keeps a person signed in for another application object', async () => {
    const store = memoryTokenStore();
    await signIn(client(store), emulator, 'alice@contoso');
    const later = client(store);
    const [account] = await later.getAllAccounts();
    expect(account?.username).toBe('alice@contoso.onmicrosoft.com');
    const cached = await client(store).acquireTokenSilent({ account: account!, scopes: [ARM] });
    expect(cached.fromCache).toBe(true);
    const other = await later.acquireTokenSilent({ account: account!, scopes: [ML] });
    expect(other.fromCache).toBe(false);
    expect((await client(store).acquireTokenSilent({ account: account!, scopes: [ML] })).fromCache).toBe(
      true,
    );
  });

  it('signs in where neither the store nor the logger works', async () => {
    const fail = (): never => {
      throw new Error('out of order');
    };
    const logger = { debug: fail, info: fail, warn: fail, error: fail };
    const application = publicClient(place, msalCachePlugin({ store: broken, logger }));
    await signIn(application, emulator, 'alice@contoso');
    expect(await application.getAllAccounts()).toHaveLength(1);
  });

  it('has all people who signed in at the same time, each in an object of its own', async () => {
    const store = memoryTokenStore();
    const people = ['alice@contoso', 'bob@contoso'];
    await Promise.all(people.map((upn) => signIn(client(store), emulator, upn)));
    const names = (await client(store).getAllAccounts()).map(({ username }) => username);
    expect(names.sort()).toEqual(['alice@contoso.onmicrosoft.com', 'bob@contoso.onmicrosoft.com']);
  });

  it('signs a person out for all, and does not bring the tokens back', async () => {
    const store = memoryTokenStore();
    const first = client(store);
    const second = client(store);
    await signIn(first, emulator, 'alice@contoso');
    await signIn(first, emulator, 'bob@contoso');
    const accounts = await second.getAllAccounts();
    const alice = accounts.find(({ username }) => username.startsWith('alice'))!;
    const bob = accounts.find(({ username }) => username.startsWith('bob'))!;
    await second.signOut({ account: alice });
    // Still in the memory of the first, which writes now.
    await first.acquireTokenSilent({ account: bob, scopes: [ML] });
    expect((await client(store).getAllAccounts()).map(({ username }) => username)).toEqual([bob.username]);
  });

  it('keeps 100 of 100 tokens that 20 objects write at the same time', async () => {
    const store = memoryTokenStore();
    const scopes = Array.from({ length: 100 }, (_, index) => `https://resource-${String(index)}/.default`);
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const app = confidentialClient(msalCachePlugin({ store }));
        for (const scope of scopes.slice(index * 5, index * 5 + 5)) {
          await app.acquireTokenByClientCredential({ scopes: [scope] });
        }
      }),
    );
    let requests = 0;
    const reader = confidentialClient(msalCachePlugin({ store }), () => (requests += 1));
    for (const scope of scopes) await reader.acquireTokenByClientCredential({ scopes: [scope] });
    expect(requests).toBe(0);
  });

  it('keeps caches with different names apart', async () => {
    const store = memoryTokenStore();
    const scopes = ['https://resource/.default'];
    let requests = 0;
    for (const partition of ['a', 'b', 'a']) {
      const app = confidentialClient(msalCachePlugin({ store, partition }), () => (requests += 1));
      await app.acquireTokenByClientCredential({ scopes });
    }
    expect(requests).toBe(2);
  });

  it('lets those who ask for the same token together send one request', async () => {
    const store = memoryTokenStore();
    await signIn(client(store), emulator, 'alice@contoso');
    const before = tokenRequests();
    const tokens = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const plugin = msalCachePlugin({ store });
        const app = publicClient(place, plugin);
        const [account] = await app.getAllAccounts();
        return plugin.exclusively(() => app.acquireTokenSilent({ account: account!, scopes: [ML] }));
      }),
    );
    expect(tokenRequests() - before).toBe(1);
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1);
  });

  it('gives a token where the store does not work', async () => {
    const app = client(broken);
    await signIn(app, emulator, 'alice@contoso');
    const [account] = await app.getAllAccounts();
    expect((await app.acquireTokenSilent({ account: account!, scopes: [ML] })).accessToken).not.toBe('');
  });

  it('heals when an entity or the index is lost', async () => {
    const values = memoryTokenStore();
    let loses = false;
    const store: TokenStore = {
      ...values,
      get: (key) => (loses ? Promise.resolve(undefined) : values.get(key)),
    };
    await signIn(client(store), emulator, 'alice@contoso');
    loses = true;
    expect(await client(store).getAllAccounts()).toEqual([]);
    await signIn(client(values), emulator, 'bob@contoso');
    loses = false;
    expect((await client(store).getAllAccounts()).length).toBeGreaterThan(0);
  });
});

describe('azureIdentityCachePlugin', () => {
  it('keeps a person signed in for another credential of @azure/identity', async () => {
    useIdentityPlugin(azureIdentityCachePlugin({ store: memoryTokenStore() }));
    let prompts = 0;
    const options = {
      tenantId: place.tenantId,
      authorityHost: place.origin,
      disableInstanceDiscovery: true,
      tokenCachePersistenceOptions: { enabled: true, name: 'mine' },
      userPromptCallback: ({ userCode }: { userCode: string }) => {
        prompts += 1;
        emulator.approveDeviceCode(userCode, 'alice@contoso');
      },
    };
    const authenticationRecord = await new DeviceCodeCredential(options).authenticate(ARM);
    const later = new DeviceCodeCredential({ ...options, authenticationRecord: authenticationRecord! });
    expect((await later.getToken(ARM)).token).not.toBe('');
    expect((await later.getToken(ML)).token).not.toBe('');
    expect(prompts).toBe(1);
  });
});
