import { createTokenEngine, type LogEvent, type TokenStore } from '@aml-auth/core';
import { describeTokenStore, storedToken, tokenKey } from '@aml-auth/testkit';
import { hasRedisServer, startRedisServer, type RedisServer } from '@aml-auth/testkit/redis';
import { keyRing, redisTokenStore } from '@aml-auth/token-cache';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connected, keys, newPrefix, storeOn } from './redis-world.js';

type NodeRedis = Awaited<ReturnType<typeof connected>>;

const HOUR_MS = 3_600_000;

describe.skipIf(!hasRedisServer())('on a real redis-server', () => {
  let server: RedisServer;
  let client: NodeRedis;
  let second: NodeRedis;
  let ioredis: Redis;
  let iovalkey: Valkey;
  beforeAll(async () => {
    server = await startRedisServer();
    client = await connected(server.url);
    second = await connected(server.url);
    ioredis = new Redis(server.url);
    iovalkey = new Valkey(server.url);
  });
  afterAll(async () => {
    client.destroy();
    second.destroy();
    ioredis.disconnect();
    iovalkey.disconnect();
    await server.close();
  });

  describeTokenStore('redisTokenStore over two connections of node-redis', () => {
    const prefix = newPrefix();
    return { store: storeOn(client, { prefix }), another: storeOn(second, { prefix }) };
  });
  describeTokenStore('redisTokenStore over ioredis, beside node-redis', () => {
    const prefix = newPrefix();
    return { store: storeOn(ioredis, { prefix }), another: storeOn(client, { prefix }) };
  });
  describeTokenStore('redisTokenStore over iovalkey, beside ioredis', () => {
    const prefix = newPrefix();
    return { store: storeOn(iovalkey, { prefix }), another: storeOn(ioredis, { prefix }) };
  });
  describeTokenStore('redisTokenStore with its first level', () => ({
    store: storeOn(client, { memoryMs: 1_000 }),
  }));

  it('writes one sealed key with an expiry for a token, and nothing in the clear', async () => {
    const prefix = newPrefix();
    const store = storeOn(client, { prefix });
    const key = tokenKey({ clientId: 'canary-client' });
    await store.set(key, { token: 'canary-token', expiresOnTimestamp: Date.now() + HOUR_MS });
    await store.acquireLease?.(key, { ttlMs: 5_000, waitMs: 0 });
    const names = (await client.keys(`${prefix}:*`)).sort((a, b) => a.length - b.length);
    const [name = '', lease = ''] = names;
    expect(names).toHaveLength(2);
    expect(name).toMatch(/:v1:\{[0-9a-f]{64}\}:[0-9a-f]{64}$/);
    expect(lease).toBe(`${name}:lease`);
    const ttl = await client.pTTL(name);
    expect(ttl).toBeGreaterThan(HOUR_MS - 60_000);
    expect(ttl).toBeLessThanOrEqual(HOUR_MS);
    expect(await client.pTTL(lease)).toBeLessThanOrEqual(5_000);
    const value = (await client.get(name)) ?? '';
    const all = [name, value, Buffer.from(value, 'base64url').toString('latin1')].join('\n');
    expect(all).not.toMatch(/canary/);
  });

  it('takes a key that was moved, changed, cut, or sealed by another key for a miss', async () => {
    const prefix = newPrefix();
    const events: LogEvent[] = [];
    const log = (event: LogEvent): void => void events.push(event);
    const logger = { debug: log, info: log, warn: log, error: log };
    const store = storeOn(client, { prefix, logger });
    const other = tokenKey({ scopes: ['other'] });
    await store.set(tokenKey(), storedToken({ store }, 'canary-token'));
    const [name = ''] = await client.keys(`${prefix}:*`);
    await store.set(other, storedToken({ store }));
    const otherName = (await client.keys(`${prefix}:*`)).find((one) => one !== name) ?? '';
    const value = (await client.get(name)) ?? '';
    const bad = ['', 'x', value.slice(0, -8), `${value.slice(0, 40)}AAAA${value.slice(44)}`, 'ÿþ not ours'];
    for (const one of bad) {
      await client.set(name, one);
      expect(await store.get(tokenKey())).toBeUndefined();
    }
    await client.set(otherName, value);
    expect(await store.get(other)).toBeUndefined();
    await client.set(name, value);
    expect((await store.get(tokenKey()))?.token).toBe('canary-token');
    const strange = keyRing([{ id: 'test', bytes: new Uint8Array(32) }]);
    expect(await redisTokenStore({ client, keys: strange, prefix }).get(tokenKey())).toBeUndefined();
    expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['token.store.unreadable']));
    expect(JSON.stringify(events)).not.toContain('canary');
  });

  it('takes a key of another type for a miss, and writes over it', async () => {
    const prefix = newPrefix();
    const store = storeOn(client, { prefix });
    await store.set(tokenKey(), storedToken({ store }));
    const [name = ''] = await client.keys(`${prefix}:*`);
    await client.del(name);
    await client.lPush(name, 'foreign');
    for (let time = 0; time < 5; time += 1) expect(await store.get(tokenKey())).toBeUndefined();
    await store.set(tokenKey(), storedToken({ store }, 'mine'));
    expect((await store.get(tokenKey()))?.token).toBe('mine');
  });

  it('opens what an earlier key sealed, after a rotation', async () => {
    const prefix = newPrefix();
    const next = { id: 'next', bytes: new Uint8Array(32).fill(7) };
    await storeOn(client, { prefix }).set(tokenKey(), storedToken({ store: storeOn(client) }));
    const rotated = storeOn(client, { prefix, keys: keyRing([next, keys.current]) });
    expect((await rotated.get(tokenKey()))?.token).toBe('token-1');
  });

  it('lets 20 engines on as many stores fetch one token once', async () => {
    const prefix = newPrefix();
    let fetched = 0;
    const identity = { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' };
    const engines = Array.from({ length: 20 }, (_, index) =>
      createTokenEngine({
        identity,
        store: storeOn([client, second, ioredis, iovalkey][index % 4] ?? client, { prefix }),
        acquire: async () => {
          fetched += 1;
          await new Promise((resolve) => setImmediate(resolve));
          return { token: 'shared', expiresOnTimestamp: Date.now() + HOUR_MS };
        },
      }),
    );
    const tokens = await Promise.all(engines.map((engine) => engine.getToken('scope')));
    expect(fetched).toBe(1);
    expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set(['shared']));
  });

  it.each([
    ['without room', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
    ['that became a replica and may not write', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
  ])('gives a store on a server %s the token all the same', async (_, spoil, mend) => {
    const store: TokenStore = storeOn(client);
    await client.sendCommand(spoil);
    try {
      await expect(client.set('probe', 'x')).rejects.toThrow(/^(OOM|READONLY)/);
      await store.set(tokenKey(), storedToken({ store }));
      const engine = createTokenEngine({
        identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' },
        store,
        acquire: () => Promise.resolve({ token: 'fetched', expiresOnTimestamp: Date.now() + HOUR_MS }),
      });
      expect((await engine.getToken('scope')).token).toBe('fetched');
    } finally {
      await client.sendCommand(mend);
    }
  });
});
