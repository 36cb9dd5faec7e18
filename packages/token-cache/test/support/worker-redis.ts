import type { TokenStore } from '@aml-auth/core';
import { redisTokenStore, type KeySource } from '@aml-auth/token-cache';
import { createClient } from 'redis';

/** A store on the server, for processes of the tests. Imported only where there is one: it takes long. */
export async function redisStore(url: string, keys: KeySource): Promise<TokenStore> {
  const client = createClient({ url });
  await client.connect();
  return redisTokenStore({ client, keys, limitMs: 5_000 });
}
