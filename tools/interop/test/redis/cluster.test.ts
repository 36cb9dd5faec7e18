import { randomBytes } from 'node:crypto';
import { createTokenEngine } from '@aml-auth/core';
import { describeTokenStore, storedToken, tokenKey } from '@aml-auth/testkit';
import { startRedisCluster, type RedisCluster } from '@aml-auth/testkit/redis';
import { keyRing, redisTokenStore } from '@aml-auth/token-cache';
import { Cluster } from 'ioredis';
import { createCluster } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';

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
beforeAll(async () => {
  cluster = await startRedisCluster();
  nodeRedis = clientOf(cluster);
  await nodeRedis.connect();
  ioredis = new Cluster(cluster.nodes.map(({ port }) => ({ host: '127.0.0.1', port })));
});
afterAll(async () => {
  nodeRedis.destroy();
  ioredis.disconnect();
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

it('gives tokens while a node is dead, whichever it is', async () => {
  const store = redisTokenStore({ client: nodeRedis, keys, prefix: newPrefix(), limitMs: 100 });
  await cluster.nodes[0]?.kill();
  for (let index = 0; index < 20; index += 1) {
    const engine = createTokenEngine({
      identity: {
        authorityHost: 'https://a',
        tenantId: 't',
        clientId: `c${String(index)}`,
        fingerprint: 'f',
      },
      store,
      acquire: () => Promise.resolve({ token: 'fetched', expiresOnTimestamp: Date.now() + HOUR_MS }),
    });
    expect((await engine.getToken('scope')).token).toBe('fetched');
  }
});
