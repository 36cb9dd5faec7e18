import { inspect } from 'node:util';
import { manualClock } from '@aml-auth/core/testing';
import { storedToken, tokenKey } from '@aml-auth/testkit';
import { redisTokenStore, type GlideClient } from '@aml-auth/token-cache';
import { describe, expect, it } from 'vitest';
import { keys } from './redis-world.js';

/** The commands of a store as valkey-glide gets them, answered from a map. */

function recordingClient() {
  const sent: string[][] = [];
  const values = new Map<string, string>();
  const client: GlideClient = {
    customCommand(args) {
      sent.push(args);
      const [name, key = '', value = '', , , condition] = args;
      if (name === 'GET') return Promise.resolve(values.get(key) ?? null);
      if (name === 'DEL') return Promise.resolve(Number(values.delete(key)));
      if (name === 'EVAL') return Promise.resolve(Number(values.delete(args[3] ?? '')));
      if (condition === 'NX' && values.has(key)) return Promise.resolve(null);
      values.set(key, value);
      return Promise.resolve('OK');
    },
  };
  return { client, sent, names: () => sent.map(([name]) => name) };
}

describe('redisTokenStore', () => {
  it('looks at the server once for what was seen a moment ago, a miss included', async () => {
    const clock = manualClock();
    const { client, names } = recordingClient();
    const store = redisTokenStore({ client, keys, clock });
    await store.get(tokenKey());
    await store.get(tokenKey());
    expect(names()).toEqual(['GET']);
    await store.set(tokenKey(), storedToken({ store, clock }));
    await store.get(tokenKey());
    expect(names()).toEqual(['GET', 'SET']);
    clock.advance(1_000);
    await store.get(tokenKey());
    expect(names()).toEqual(['GET', 'SET', 'GET']);
  });

  it('looks once for callers at the same time, and again after a lease was asked for', async () => {
    const { client, names } = recordingClient();
    const store = redisTokenStore({ client, keys });
    await Promise.all([store.get(tokenKey()), store.get(tokenKey()), store.get(tokenKey())]);
    expect(names()).toEqual(['GET']);
    const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 0 });
    await store.get(tokenKey());
    await lease?.release();
    expect(names()).toEqual(['GET', 'SET', 'GET', 'EVAL']);
  });

  it('outlives a server that fails and a logger that does', async () => {
    const fail = (): never => {
      throw new Error('out of order');
    };
    const logger = { debug: fail, info: fail, warn: fail, error: fail };
    const client: GlideClient = { customCommand: () => Promise.reject(new Error('gone')) };
    const store = redisTokenStore({ client, keys, logger, memoryMs: 0 });
    const token = storedToken({ store });
    await store.set(tokenKey(), token);
    // Often enough for the circuit to open, which is told to the logger.
    for (let time = 0; time < 4; time += 1) expect((await store.get(tokenKey()))?.token).toBe(token.token);
  });

  it('never writes without an expiry, and sends what has expired to nobody', async () => {
    const clock = manualClock();
    const { client, sent } = recordingClient();
    const store = redisTokenStore({ client, keys, clock });
    await store.set(tokenKey(), { token: 'a', expiresOnTimestamp: clock.now() + 1.5 });
    await store.set(tokenKey(), { token: 'a', expiresOnTimestamp: clock.now() });
    expect(sent.map(([name, , , ...rest]) => [name, ...rest])).toEqual([['SET', 'PX', '2'], ['DEL']]);
  });

  it('keeps the names of one identity in one slot, and those of another apart', async () => {
    const { client, sent } = recordingClient();
    const store = redisTokenStore({ client, keys, memoryMs: 0 });
    const tagOf = async (change: Parameters<typeof tokenKey>[0]): Promise<string | undefined> => {
      await store.get(tokenKey(change));
      return /\{[^}]+\}/.exec(sent.at(-1)?.[1] ?? '')?.[0];
    };
    const tag = await tagOf({});
    expect(tag).toBeDefined();
    expect(await tagOf({ scopes: ['other'] })).toBe(tag);
    expect(await tagOf({ clientId: 'other' })).not.toBe(tag);
  });

  it('keeps the token of a managed identity in this process', async () => {
    const { client, sent } = recordingClient();
    const store = redisTokenStore({ client, keys });
    const key = tokenKey({ authorityHost: 'managed-identity' });
    await store.set(key, storedToken({ store }));
    const lease = await store.acquireLease?.(key, { ttlMs: 1_000, waitMs: 0 });
    await lease?.release();
    expect((await store.get(key))?.token).toBe('token-1');
    await store.delete(key);
    expect(await store.get(key)).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('prints no token and no key', async () => {
    const { client } = recordingClient();
    const store = redisTokenStore({ client, keys });
    await store.set(tokenKey(), storedToken({ store }, 'top-secret-token'));
    expect(inspect(store, { depth: null, showHidden: true }) + JSON.stringify(store)).not.toContain(
      'top-secret',
    );
  });

  it.each([
    { prefix: '' },
    { prefix: 'a{b}' },
    { memoryMs: -1 },
    { maxEntries: 0 },
    { limitMs: 0.5 },
    { limitMs: Number.NaN },
  ])('refuses %o', (options) => {
    const { client } = recordingClient();
    expect(() => redisTokenStore({ client, keys, ...options })).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
    );
  });
});
