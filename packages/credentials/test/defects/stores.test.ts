import { fromClientSecret } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { memoryTokenStore } from '@aml-auth/token-cache';
import { ClientSecretCredential, useIdentityPlugin } from '@azure/identity';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll } from 'vitest';
import { sideBySide } from '../support/side-by-side.js';

const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

/** The names under which a cache that the user has named is opened, for a token of either kind. */
async function publishedStores(): Promise<string[]> {
  const opened: string[] = [];
  const cache = { beforeCacheAccess: () => Promise.resolve(), afterCacheAccess: () => Promise.resolve() };
  useIdentityPlugin((context: unknown) => {
    const { cachePluginControl } = context as {
      cachePluginControl: { setPersistence(open: (options?: { name?: string }) => Promise<unknown>): void };
    };
    cachePluginControl.setPersistence(({ name = '' } = {}) => {
      opened.push(name);
      return Promise.resolve(cache);
    });
  });
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const credential = new ClientSecretCredential(tenantId, clientId, secret, {
    authorityHost: emulator.origin,
    disableInstanceDiscovery: true,
    tokenCachePersistenceOptions: { enabled: true, name: 'mine' },
  });
  for (const enableCae of [false, true]) await credential.getToken(ARM, { enableCae });
  return opened;
}

/** What another credential object finds in the same store, for a token of either kind. */
async function ourStore(): Promise<boolean[]> {
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const tokenStore = memoryTokenStore();
  const make = () =>
    fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud: emulator.cloud, tokenStore });
  for (const enableCae of [false, true]) await make().getToken(ARM, { enableCae });
  const found = [];
  for (const enableCae of [false, true]) {
    const { token } = await make().getToken(ARM, { enableCae });
    found.push((decodeJwt(token)['xms_cc'] !== undefined) === enableCae);
  }
  return found;
}

sideBySide('tokens with and without Continuous Access Evaluation in a store that has a name: kept apart', {
  published: { run: async () => new Set(await publishedStores()).size === 2, shows: false },
  ours: { run: async () => (await ourStore()).every(Boolean), shows: true },
});
