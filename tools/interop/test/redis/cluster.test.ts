import { randomBytes } from 'node:crypto';
import { createTokenEngine, type TokenStore } from '@aml-auth/core';
import { describeTokenStore, storedToken, tokenKey } from '@aml-auth/testkit';
import { startRedisCluster, type RedisCluster } from '@aml-auth/testkit/redis';
import { keyRing, redisTokenStore, type RedisClient } from '@aml-auth/token-cache';
import { Cluster } from 'ioredis';
import { Cluster as ValkeyCluster } from 'iovalkey';
import { createCluster } from 'redis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const keys = keyRing([{ id: 'test', bytes: randomBytes(32) }]);
const HOUR_MS = 3_600_000;

function clientOf({ nodes }: RedisCluster) {
  const client = createCluster({ rootNodes: nodes.map(({ url }) => ({ url })) });
  client.on('error', () => undefined);
  return client;
}

let cluster: RedisCluster;
let nodeRedis: ReturnType<typeof clientOf>;
let ioredis: Cluster;
let iovalkey: ValkeyCluster;
beforeAll(async () => {
  cluster = await startRedisCluster(1);
  nodeRedis = clientOf(cluster);
  await nodeRedis.connect();
  const hosts = cluster.nodes.map(({ port }) => ({ host: '127.0.0.1', port }));
  ioredis = new Cluster(hosts);
  iovalkey = new ValkeyCluster(hosts);
});
afterAll(async () => {
  nodeRedis.destroy();
  ioredis.disconnect();
  iovalkey.disconnect();
  await cluster.close();
});

let made = 0;
const newPrefix = (): string => `test${String((made += 1))}`;

describeTokenStore('redisTokenStore on a cluster of three, by node-redis and ioredis', () => {
  const options = { keys, prefix: newPrefix(), memoryMs: 0, limitMs: 5_000 };
  return {
    store: redisTokenStore({ client: nodeRedis, ...options }),
    another: redisTokenStore({ client: ioredis, ...options }),
  };
});

describeTokenStore('redisTokenStore on a cluster of three, by iovalkey and ioredis', () => {
  const options = { keys, prefix: newPrefix(), memoryMs: 0, limitMs: 5_000 };
  return {
    store: redisTokenStore({ client: iovalkey, ...options }),
    another: redisTokenStore({ client: ioredis, ...options }),
  };
});

it('spreads identities over the nodes, and keeps each of them in one slot', async () => {
  const prefix = newPrefix();
  const store = redisTokenStore({ client: nodeRedis, keys, prefix, limitMs: 5_000 });
  const clients = Array.from({ length: 30 }, (_, index) => `client-${String(index)}`);
  for (const clientId of clients) {
    for (const scope of ['a', 'b'])
      await store.set(tokenKey({ clientId, scopes: [scope] }), storedToken({ store }));
  }
  const perNode = await Promise.all(ioredis.nodes('master').map((node) => node.keys(`${prefix}:*`)));
  expect(perNode.filter((names) => names.length > 0)).toHaveLength(3);
  const tags = perNode.map((names) => names.map((name) => /\{.*\}/.exec(name)?.[0]));
  expect(tags.flat()).toHaveLength(60);
  for (const some of tags) expect(some.length).toBe(new Set(some).size * 2);
});

/** A call of a credential that has the store. */
async function tokenOf(store: TokenStore, clientId: string): Promise<string> {
  const engine = createTokenEngine({
    identity: { authorityHost: 'https://a', tenantId: 't', clientId, fingerprint: 'f' },
    store,
    acquire: () => Promise.resolve({ token: 'fetched', expiresOnTimestamp: Date.now() + HOUR_MS }),
  });
  return (await engine.getToken('scope')).token;
}

const clientIds = Array.from({ length: 20 }, (_, index) => `c${String(index)}`);

it('gives tokens while a master is dead, and shares them again once its replica has taken over', async () => {
  const prefix = newPrefix();
  const storeOn = (client: RedisClient) =>
    redisTokenStore({ client, keys, prefix, limitMs: 500, memoryMs: 0 });
  const [store, other] = [storeOn(nodeRedis), storeOn(iovalkey)];
  await cluster.nodes[0]?.kill();
  for (const clientId of clientIds) expect(await tokenOf(store, clientId)).toBe('fetched');

  // The nodes notice, and agree on the replica.
  await vi.waitFor(
    async () => {
      for (const clientId of clientIds) {
        const key = tokenKey({ clientId });
        await store.set(key, storedToken({ store }, clientId));
        expect((await other.get(key))?.token).toBe(clientId);
      }
    },
    { timeout: 100_000, interval: 500 },
  );
});

it('gives tokens while two of three masters are gone', async () => {
  const store = redisTokenStore({ client: nodeRedis, keys, prefix: newPrefix(), limitMs: 100 });
  await Promise.all([cluster.nodes[1]?.kill(), cluster.nodes[4]?.kill()]);
  for (const clientId of clientIds) expect(await tokenOf(store, clientId)).toBe('fetched');
});
