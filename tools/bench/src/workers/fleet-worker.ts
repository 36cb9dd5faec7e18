import { setTimeout as pause } from 'node:timers/promises';
import { createTokenEngine, type StoredToken } from '@aml-auth/core';
import { keyRing, redisTokenStore } from '@aml-auth/token-cache';
import { createClient } from 'redis';
import { answer, whenTold } from './when-told.ts';

/*
 * One worker of a fleet: asks for the same token ten times a second, and answers how long each call took, in
 * milliseconds. `node fleet-worker.ts <identity provider> <how long, ms> <sealing key> [<Redis>]`
 */
const [provider = '', durationMs = '0', key = '', url] = process.argv.slice(2);
const client = url === undefined ? undefined : createClient({ url });
await client?.connect();
const keys = keyRing([{ id: 'bench', bytes: Buffer.from(key, 'base64url') }]);
const engine = createTokenEngine({
  identity: {
    authorityHost: 'https://login.microsoftonline.com',
    tenantId: 't',
    clientId: 'c',
    fingerprint: 'f',
  },
  store: client === undefined ? undefined : redisTokenStore({ client, keys }),
  acquire: async () => (await (await fetch(provider, { method: 'POST' })).json()) as StoredToken,
});
await whenTold();
const times: number[] = [];
const end = performance.now() + Number(durationMs);
while (performance.now() < end) {
  const start = performance.now();
  const { expiresOnTimestamp } = await engine.getToken('https://ml.azure.com/.default');
  times.push(performance.now() - start);
  if (expiresOnTimestamp <= Date.now()) throw new Error('The token had expired.');
  await pause(50 + 100 * Math.random());
}
answer(times);
client?.destroy();
