import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  environmentKeys,
  fileTokenStore,
  keyRing,
  msalCachePlugin,
  redisTokenStore,
} from '@aml-auth/token-cache';
import { DistributedCachePlugin, type ICachePlugin } from '@azure/msal-node';
import type * as MsalExtensions from '@azure/msal-node-extensions';
import { createClient } from 'redis';

/** What processes share. */
export interface SharedCache {
  /** Of a Redis server. */
  readonly url: string;
  /** A folder of this run. */
  readonly folder: string;
  /** The sealing key, base64url. */
  readonly key: string;
}

/** A cache plug-in of MSAL, and how to let go of what is behind it. */
export interface OpenCache {
  readonly plugin: ICachePlugin;
  readonly close: () => void;
}

/** The shared caches that are compared, by name. */
export const msalCaches: Readonly<Record<string, (shared: SharedCache) => Promise<OpenCache>>> = {
  async 'ours, Redis'({ url, key }) {
    const client = await connect(url);
    const keys = keyRing([{ id: 'bench', bytes: Buffer.from(key, 'base64url') }]);
    const store = redisTokenStore({ client, keys, limitMs: 5_000 });
    return { plugin: msalCachePlugin({ store }), close: () => client.destroy() };
  },
  'ours, files'({ folder, key }) {
    const keys = environmentKeys({ AML_AUTH_CACHE_KEY: `bench:${key}` });
    const store = fileTokenStore({ directory: join(folder, 'ours'), keys });
    return Promise.resolve({ plugin: msalCachePlugin({ store }), close: () => undefined });
  },
  async DistributedCachePlugin({ url }) {
    const client = await connect(url);
    const cache = {
      get: async (name: string) => (await client.get(name)) ?? '',
      set: async (name: string, value: string) => (await client.set(name, value)) ?? '',
    };
    const partition = { getKey: () => Promise.resolve('bench'), extractKey: () => Promise.resolve('bench') };
    return { plugin: new DistributedCachePlugin(cache, partition), close: () => client.destroy() };
  },
  async PersistenceCachePlugin({ folder }) {
    const { FilePersistence, PersistenceCachePlugin } = await msalExtensions();
    const persistence = await FilePersistence.create(join(folder, 'msal.json'));
    return { plugin: new PersistenceCachePlugin(persistence), close: () => undefined };
  },
};

async function connect(url: string) {
  const client = createClient({ url });
  await client.connect();
  return client;
}

type Extensions = Pick<typeof MsalExtensions, 'FilePersistence' | 'PersistenceCachePlugin'>;

/**
 * The front door of the package loads keytar, which an install script would have to build; the two parts that are
 * measured do not need it.
 */
async function msalExtensions(): Promise<Extensions> {
  const root = dirname(createRequire(import.meta.url).resolve('@azure/msal-node-extensions/package.json'));
  const part = (name: string): Promise<unknown> =>
    import(pathToFileURL(join(root, 'dist/persistence', `${name}.mjs`)).href);
  const parts = await Promise.all(['FilePersistence', 'PersistenceCachePlugin'].map(part));
  return Object.assign({}, ...parts) as Extensions;
}
