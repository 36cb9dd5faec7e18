import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenKey, TokenStore } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { fromClientSecret } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { memoryTokenStore } from '@aml-auth/token-cache';
import { ConfidentialClientApplication, type ICachePlugin } from '@azure/msal-node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { hurriedClock } from '../support/hurried-clock.js';
import { outcomeOf, sideBySide } from '../support/side-by-side.js';

const ARM = 'https://management.azure.com/.default';
const require = createRequire(import.meta.url);

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

/**
 * The cache plug-in of `@azure/msal-node-extensions` with a plain file, as published. It is loaded module by module,
 * since the package's entry wants a native module for the keychain, which neither of the two uses.
 */
async function publishedPlugin(file: string): Promise<ICachePlugin> {
  const root = require.resolve('@azure/msal-node-extensions/package.json').replace(/package\.json$/, '');
  const load = (path: string): Promise<unknown> => import(`${root}dist/persistence/${path}.mjs`);
  const { FilePersistence } = (await load('FilePersistence')) as {
    FilePersistence: { create(file: string): Promise<unknown> };
  };
  const { PersistenceCachePlugin } = (await load('PersistenceCachePlugin')) as {
    PersistenceCachePlugin: new (
      persistence: unknown,
      lock: { retryNumber: number; retryDelay: number },
    ) => ICachePlugin;
  };
  // Less patient than by default, where it is five hundred times a tenth of a second.
  return new PersistenceCachePlugin(await FilePersistence.create(file), { retryNumber: 3, retryDelay: 1 });
}

/** An application of msal-node that keeps its tokens in the file, and the lock beside it. */
async function theirs(): Promise<{ call: () => Promise<unknown>; lock: string }> {
  const file = join(folder, 'cache.json');
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const app = new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret: secret,
      authority: `${emulator.origin}/${tenantId}`,
      knownAuthorities: [new URL(emulator.origin).host],
    },
    cache: { cachePlugin: await publishedPlugin(file) },
  });
  return { call: () => app.acquireTokenByClientCredential({ scopes: [ARM] }), lock: `${file}.lockfile` };
}

/** A credential with a store whose leases end by hand, and the key of its token. */
function ours() {
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const inner = memoryTokenStore({ clock: manualClock(Date.now()) });
  const keys: TokenKey[] = [];
  const tokenStore: TokenStore = {
    ...inner,
    get(key) {
      keys.push(key);
      return inner.get(key);
    },
  };
  const call = () => {
    const { cloud } = emulator;
    const clock = hurriedClock([]);
    return fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud, tokenStore, clock }).getToken(
      ARM,
    );
  };
  const key = (): TokenKey => {
    const [first] = keys;
    if (first === undefined) throw new Error('the store was not asked');
    return first;
  };
  return {
    call,
    lease: () => inner.acquireLease?.(key(), { ttlMs: 30_000, waitMs: 0 }),
    forget: () => inner.delete(key()),
  };
}

sideBySide('the lock of another process, after a token was read from the cache', {
  published: {
    async run() {
      const { call, lock } = await theirs();
      // The first call writes, the second one reads, and the third one has nothing to read.
      await call();
      await call();
      await writeFile(lock, '4711');
      await call();
      return existsSync(lock) ? 'held' : 'gone';
    },
    shows: 'gone',
  },
  ours: {
    async run() {
      const { call, lease } = ours();
      await call();
      if ((await lease()) === undefined) throw new Error('the lease was not free');
      await call();
      return (await lease()) === undefined ? 'held' : 'gone';
    },
    shows: 'held',
  },
});

sideBySide('a call beside the lock of a process that has died, and the next one', {
  published: {
    async run() {
      const { call, lock } = await theirs();
      await writeFile(lock, '999999999');
      return [await outcomeOf(call()), await outcomeOf(call())];
    },
    shows: ['PersistenceError', 'PersistenceError'],
  },
  ours: {
    async run() {
      const { call, lease, forget } = ours();
      await call();
      if ((await lease()) === undefined) throw new Error('the lease was not free');
      const outcomes = [];
      for (let count = 0; count < 2; count += 1) {
        await forget();
        outcomes.push(await outcomeOf(call()));
      }
      return outcomes;
    },
    shows: ['token', 'token'],
  },
});

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifest = async (path: string): Promise<Manifest> =>
  JSON.parse(await readFile(path, 'utf8')) as Manifest;

/** What a cache package brings along: modules to be compiled, and another msal-node than the one that signs in. */
async function bringsAlong(path: string): Promise<{ native: string[]; otherMsal: boolean }> {
  const { dependencies } = await manifest(path);
  const signsIn = (await manifest(require.resolve('@azure/msal-node/package.json'))).version;
  const major = /\d+/;
  const wanted = dependencies['@azure/msal-node'];
  return {
    native: Object.keys(dependencies).filter((name) =>
      ['keytar', '@azure/msal-node-extensions'].includes(name),
    ),
    otherMsal: wanted !== undefined && major.exec(wanted)?.[0] !== major.exec(signsIn)?.[0],
  };
}

sideBySide('what the package of a persistent cache depends on', {
  published: {
    run: () => bringsAlong(require.resolve('@azure/identity-cache-persistence/package.json')),
    shows: { native: ['@azure/msal-node-extensions', 'keytar'], otherMsal: true },
  },
  ours: {
    run: () => bringsAlong(require.resolve('@aml-auth/token-cache/package.json')),
    shows: { native: [], otherMsal: false },
  },
});
