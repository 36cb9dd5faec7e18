import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RefreshLease, TokenKey, TokenStore } from '@aml-auth/core';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { environmentKeys, fileTokenStore, msalCachePlugin } from '@aml-auth/token-cache';
import {
  ConfidentialClientApplication,
  type AuthenticationResult,
  type ICachePlugin,
} from '@azure/msal-node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { outcomeOf, sideBySide } from '../support/side-by-side.js';

const ARM = 'https://management.azure.com/.default';
const { resolve: resolvePackage } = createRequire(import.meta.url);

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
  const root = resolvePackage('@azure/msal-node-extensions/package.json').replace(/package\.json$/, '');
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

/** An application of msal-node with that cache. */
function application(cachePlugin: ICachePlugin): ConfidentialClientApplication {
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret: secret,
      authority: `${emulator.origin}/${tenantId}`,
      knownAuthorities: [new URL(emulator.origin).host],
    },
    cache: { cachePlugin },
  });
}

/** A cache that processes share, and what another process can do to its lock. */
interface SharedCache {
  /** A token of an application that has just been started. */
  readonly start: () => Promise<(fresh?: boolean) => Promise<AuthenticationResult | null>>;
  /** Another process takes the lock: one that lives, or one that has died since. */
  readonly lock: (holder: 'alive' | 'dead') => Promise<void>;
  readonly isLocked: () => Promise<boolean>;
}

const calls =
  (app: ConfidentialClientApplication) =>
  (skipCache = false): Promise<AuthenticationResult | null> =>
    app.acquireTokenByClientCredential({ scopes: [ARM], skipCache });

/** The id of a process that was there. */
const deadProcess = (): number =>
  Number(execFileSync(process.execPath, ['--eval', 'console.log(process.pid)']).toString());

function theirs(): SharedCache {
  const file = join(folder, 'cache.json');
  const lockFile = `${file}.lockfile`;
  return {
    start: async () => calls(application(await publishedPlugin(file))),
    lock: (holder) => writeFile(lockFile, String(holder === 'alive' ? process.ppid : deadProcess())),
    isLocked: () => Promise.resolve(existsSync(lockFile)),
  };
}

/** The same application with our plug-in, which keeps its cache in sealed files. */
function ours(): SharedCache {
  const keys = environmentKeys({ AML_AUTH_CACHE_KEY: `k1:${randomBytes(32).toString('base64')}` });
  const open = (): TokenStore => fileTokenStore({ directory: folder, keys });
  const locks: TokenKey[] = [];
  const noting = (store: TokenStore): TokenStore => ({
    ...store,
    acquireLease(key, request) {
      locks.push(key);
      return store.acquireLease?.(key, request) ?? Promise.resolve(undefined);
    },
  });
  const plugin = (): ICachePlugin => msalCachePlugin({ store: noting(open()) });
  const acquire = async (): Promise<RefreshLease | undefined> => {
    // Which lock it is shows when an application writes.
    if (locks.length === 0) {
      const context = {
        cacheHasChanged: true,
        tokenCache: { serialize: () => '{}', deserialize: () => undefined },
      };
      const first = msalCachePlugin({ store: noting(open()) });
      await first.beforeCacheAccess(context);
      await first.afterCacheAccess(context);
    }
    const [key] = locks;
    return key && open().acquireLease?.(key, { ttlMs: 30_000, waitMs: 0 });
  };
  return {
    start: () => Promise.resolve(calls(application(plugin()))),
    async lock(holder) {
      if ((await acquire()) === undefined) throw new Error('the lock was not free');
      if (holder === 'alive') return;
      const pid = deadProcess();
      for (const [path, { text }] of await filesIn(folder)) {
        if (text.includes(`"pid":${process.pid}`)) {
          await writeFile(path, text.replace(`"pid":${process.pid}`, `"pid":${pid}`));
          return;
        }
      }
      throw new Error('the lock is not in a file');
    },
    async isLocked() {
      const lease = await acquire();
      await lease?.release();
      return lease === undefined;
    },
  };
}

/** What is in a folder and the folders in it. */
async function filesIn(root: string): Promise<Map<string, { inode: number; text: string }>> {
  const found = new Map<string, { inode: number; text: string }>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(path, { inode: (await stat(path)).ino, text: await readFile(path, 'latin1') });
  }
  return found;
}

/** Both caches in the same situation. */
function bothCaches<T>(
  title: string,
  run: (cache: SharedCache) => Promise<T>,
  shows: { readonly published: T; readonly ours: T },
): void {
  sideBySide(title, {
    published: { run: () => run(theirs()), shows: shows.published },
    // The folder is that of a new cache.
    ours: {
      async run() {
        await rm(folder, { recursive: true });
        await mkdir(folder, { mode: 0o700 });
        return run(ours());
      },
      shows: shows.ours,
    },
  });
}

bothCaches(
  'the lock of another process, after a token was read from the cache',
  async ({ start, lock, isLocked }) => {
    const call = await start();
    // The first call writes, the second one reads, and the third one has nothing new to read.
    await call();
    await call();
    await lock('alive');
    await call();
    return (await isLocked()) ? 'held' : 'gone';
  },
  { published: 'gone', ours: 'held' },
);

const kept = (result: AuthenticationResult | null): string =>
  result?.fromCache === true ? 'a token from the cache' : 'a token';

bothCaches(
  'a call beside the lock of a process that has died, and one of the next process',
  async ({ start, lock }) => {
    await lock('dead');
    const first = await outcomeOf((await start())(), kept);
    return [first, await outcomeOf((await start())(), kept)];
  },
  {
    published: ['PersistenceError', 'PersistenceError'],
    ours: ['a token', 'a token from the cache'],
  },
);

bothCaches(
  'a cache that is written a second time',
  async ({ start }) => {
    const call = await start();
    await call();
    const before = await filesIn(folder);
    await call(true);
    const after = await filesIn(folder);
    const changed = [...after].filter(
      ([path, { text }]) => before.get(path)?.text !== text && before.has(path),
    );
    if (changed.length === 0) throw new Error('nothing was written');
    return changed.some(([path, { inode }]) => before.get(path)?.inode === inode)
      ? 'in place'
      : 'replaced as a whole';
  },
  { published: 'in place', ours: 'replaced as a whole' },
);

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifest = async (path: string): Promise<Manifest> =>
  JSON.parse(await readFile(path, 'utf8')) as Manifest;

/** What a cache package brings along: modules to be compiled, and another msal-node than the one that signs in. */
async function bringsAlong(path: string): Promise<{ native: string[]; otherMsal: boolean }> {
  const { dependencies } = await manifest(path);
  const signsIn = (await manifest(resolvePackage('@azure/msal-node/package.json'))).version;
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
    run: () => bringsAlong(resolvePackage('@azure/identity-cache-persistence/package.json')),
    shows: { native: ['@azure/msal-node-extensions', 'keytar'], otherMsal: true },
  },
  ours: {
    run: () => bringsAlong(resolvePackage('@aml-auth/token-cache/package.json')),
    shows: { native: [], otherMsal: false },
  },
});
