import { randomBytes } from 'node:crypto';
import type { TokenStore } from '@aml-auth/core';
import {
  keyRing,
  redisTokenStore,
  type RedisClient,
  type RedisTokenStoreOptions,
} from '@aml-auth/token-cache';
import { createClient } from 'redis';

/** A sealing key of its own for each run. */
export const keys = keyRing([{ id: 'test', bytes: randomBytes(32) }]);

let made = 0;

/** A prefix that no other test has. */
export function newPrefix(): string {
  made += 1;
  return `test:${process.pid}:${made}`;
}

/** A store that looks at the server each time, unless it is told otherwise. */
export function storeOn(client: RedisClient, options: Partial<RedisTokenStoreOptions> = {}): TokenStore {
  return redisTokenStore({ client, keys, prefix: newPrefix(), memoryMs: 0, limitMs: 5_000, ...options });
}

/** A client of node-redis that is connected. Its type is that of a user's. */

export async function connected(url: string) {
  const client = createClient({ url, socket: { reconnectStrategy: 20 } });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
