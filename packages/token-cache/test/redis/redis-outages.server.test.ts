import { createTokenEngine, type LogEvent, type Logger, type TokenEngine } from '@aml-auth/core';
import { storedToken, tokenKey } from '@aml-auth/testkit';
import { hasRedisServer, startRedisServer, type RedisServer } from '@aml-auth/testkit/redis';
import { redisTokenStore, type RedisClient } from '@aml-auth/token-cache';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connected, keys, newPrefix } from './redis-world.js';

const HOUR_MS = 3_600_000;

/** Engines of one process on one store, each with a scope of its own, and what they asked for. */
function engineOn(client: RedisClient, logger?: Logger): { engine: TokenEngine; fetched: () => number } {
  let fetched = 0;
  const engine = createTokenEngine({
    identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: newPrefix() },
    store: redisTokenStore({ client, keys, limitMs: 100, logger }),
    acquire: () => {
      fetched += 1;
      return Promise.resolve({ token: `token-${fetched}`, expiresOnTimestamp: Date.now() + HOUR_MS });
    },
  });
  return { engine, fetched: () => fetched };
}

function recorder(): { events: string[]; logger: Logger } {
  const events: string[] = [];
  const log = ({ event, store }: LogEvent): void => {
    if (store === 'redis') events.push(event);
  };
  return { events, logger: { debug: log, info: log, warn: log, error: log } };
}

describe.skipIf(!hasRedisServer())('a Redis server that fails', () => {
  let server: RedisServer;
  const rejections: unknown[] = [];
  const onRejection = (error: unknown): void => void rejections.push(error);
  beforeEach(async () => {
    process.on('unhandledRejection', onRejection);
    server = await startRedisServer();
  });
  afterEach(async () => {
    await server.close();
    process.off('unhandledRejection', onRejection);
    expect(rejections).toEqual([]);
  });

  it('is down at the start: a token comes all the same, and the circuit opens', async () => {
    await server.kill();
    // Nobody listens for its errors but the store.
    const client = createClient({ url: server.url, socket: { reconnectStrategy: 20 } });
    const { events, logger } = recorder();
    const { engine, fetched } = engineOn(client, logger);
    client.connect().catch(() => undefined);
    expect((await engine.getToken('a')).token).toBe('token-1');
    expect((await engine.getToken('a')).token).toBe('token-1');
    expect((await engine.getToken('b')).token).toBe('token-2');
    expect(fetched()).toBe(2);
    expect(events).toEqual(['token.store.unavailable']);
    client.destroy();
  });

  it('dies in the middle: tokens come, and are shared again when it is back', async () => {
    const client = await connected(server.url);
    const store = redisTokenStore({ client, keys, limitMs: 100, memoryMs: 0 });
    await store.set(tokenKey(), storedToken({ store }));
    await server.kill();
    const { engine } = engineOn(client);
    expect((await engine.getToken('a')).token).toBe('token-1');
    // What this process has seen is still there for it, and for nobody else.
    expect((await store.get(tokenKey()))?.token).toBe('token-1');
    const fresh = redisTokenStore({ client, keys, limitMs: 100 });
    expect(await fresh.get(tokenKey())).toBeUndefined();
    await expect(fresh.delete(tokenKey())).rejects.toMatchObject({ code: 'AML_SERVICE_UNAVAILABLE' });

    await server.start();
    await vi.waitFor(async () => expect(await client.ping()).toBe('PONG'), { timeout: 30_000 });
    const again = redisTokenStore({ client, keys, memoryMs: 0 });
    await again.set(tokenKey(), storedToken({ store: again }, 'after'));
    expect((await redisTokenStore({ client, keys }).get(tokenKey()))?.token).toBe('after');
    client.destroy();
  });

  it('answers nothing: a token comes after few time limits, and the next at once', async () => {
    const client = await connected(server.url);
    const { events, logger } = recorder();
    const { engine } = engineOn(client, logger);
    server.pause();
    expect((await engine.getToken('a')).token).toBe('token-1');
    expect(events).toEqual(['token.store.unavailable']);
    expect((await engine.getToken('b')).token).toBe('token-2');
    server.resume();
    client.destroy();
  });

  it('gives back a lease whose answer came too late', async () => {
    const client = await connected(server.url);
    const other = await connected(server.url);
    const prefix = newPrefix();
    const store = redisTokenStore({ client, keys, prefix, limitMs: 100 });
    server.pause();
    const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 60_000, waitMs: 0 });
    // Within this process it is a lease; the command is on its way to the server.
    expect(lease).toBeDefined();
    server.resume();
    await vi.waitFor(async () => expect(await other.dbSize()).toBe(0), { timeout: 30_000 });
    const taken = await redisTokenStore({ client: other, keys, prefix }).acquireLease?.(tokenKey(), {
      ttlMs: 60_000,
      waitMs: 0,
    });
    expect(taken).toBeDefined();
    client.destroy();
    other.destroy();
  });

  it('keeps one request in this process while it is away', async () => {
    await server.kill();
    const client = new Redis(server.url, { retryStrategy: () => 20 });
    const store = redisTokenStore({ client, keys, limitMs: 50 });
    let fetched = 0;
    const engines = Array.from({ length: 10 }, () =>
      createTokenEngine({
        identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' },
        store,
        acquire: () => {
          fetched += 1;
          return Promise.resolve({ token: 'shared', expiresOnTimestamp: Date.now() + HOUR_MS });
        },
      }),
    );
    await Promise.all(engines.map((engine) => engine.getToken('scope')));
    expect(fetched).toBe(1);
    client.disconnect();
  });
});
