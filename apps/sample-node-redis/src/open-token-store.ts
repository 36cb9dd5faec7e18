import { once } from 'node:events';
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
 * says so: the service works, and every instance asks for tokens of its own. The same holds while the server is down.
 */
export async function openTokenStore(env: NodeJS.ProcessEnv): Promise<OpenTokenStore> {
  const url = env['REDIS_URL'];
  if (url === undefined || url === '') {
    console.error('REDIS_URL is not set: tokens stay in this process.');
    return { tokenStore: memoryTokenStore(), close: () => Promise.resolve() };
  }
  // While the server is down, commands fail at once and the store keeps tokens itself.
  const client = createClient({ url, disableOfflineQueue: true });
  const answered = Promise.race([once(client, 'ready'), once(client, 'error')]).catch(() => undefined);
  let last: string | undefined;
  const say = (line: string): void => {
    // The client tries again and again: each news is told once.
    if (line !== last) console.error(line);
    last = line;
  };
  client.on('error', (error: Error) =>
    say(`Redis: ${error.message}: tokens stay in this process until it answers.`),
  );
  client.on('ready', () => say('Redis: connected, tokens are shared.'));
  // It connects for as long as it takes, and this goes on after the first attempt, of five seconds at the most.
  client.connect().catch(() => undefined);
  await answered;
  const tokenStore = redisTokenStore({ client, keys: environmentKeys(), logger: console });
  return {
    tokenStore,
    close: async () => {
      if (client.isReady) await client.close();
      else client.destroy();
    },
  };
}
