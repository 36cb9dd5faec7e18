import type { TokenStore } from '@aml-auth/core';
import { environmentKeys, memoryTokenStore, redisTokenStore } from '@aml-auth/token-cache';
import { createClient } from 'redis';

/** Where tokens are kept, and how to let go of it. */
export interface OpenTokenStore {
  readonly tokenStore: TokenStore;
  readonly close: () => Promise<void>;
}

/**
 * The store at `REDIS_URL`, sealed by `AML_AUTH_CACHE_KEY`. Without the first, tokens stay in this process and a line
 * says so: the service works, and every instance asks for tokens of its own.
 */
export async function openTokenStore(env: NodeJS.ProcessEnv): Promise<OpenTokenStore> {
  const url = env['REDIS_URL'];
  if (url === undefined || url === '') {
    console.error('REDIS_URL is not set: tokens stay in this process.');
    return { tokenStore: memoryTokenStore(), close: () => Promise.resolve() };
  }
  const client = createClient({ url });
  // A server that is down is not the end: the store goes on by itself, and its logger says so.
  client.on('error', (error: Error) => console.error(`Redis: ${error.message}`));
  await client.connect();
  const tokenStore = redisTokenStore({ client, keys: environmentKeys(), logger: console });
  return { tokenStore, close: () => client.close() };
}
