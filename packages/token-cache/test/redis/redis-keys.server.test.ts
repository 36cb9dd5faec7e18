import { randomBytes } from 'node:crypto';
import { AmlAuthError, createTokenEngine } from '@aml-auth/core';
import { storedToken, tokenKey } from '@aml-auth/testkit';
import { hasRedisServer, startRedisServer, type RedisServer } from '@aml-auth/testkit/redis';
import { environmentKeys, keyringKeys, redisTokenStore } from '@aml-auth/token-cache';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptLog, keyLine, someKeys } from '../support/file-store.js';
import { memoryKeyring } from '../support/memory-keyring.js';
import { connected, newPrefix, storeOn } from './redis-world.js';

const HOUR_MS = 3_600_000;

describe.skipIf(!hasRedisServer())('on a real redis-server', () => {
  let server: RedisServer;
  let client: Awaited<ReturnType<typeof connected>>;
  beforeAll(async () => {
    server = await startRedisServer();
    client = await connected(server.url);
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });

  describe('the keys of redisTokenStore', () => {
    it('come from the first source that works', async () => {
      const [prefix, keys, logger] = [newPrefix(), someKeys(), keptLog()];
      const first = storeOn(client, { prefix, keys: [environmentKeys({}), keys], logger });
      await first.set(tokenKey(), storedToken({ store: first }));
      expect((await storeOn(client, { prefix, keys }).get(tokenKey()))?.token).toBe('token-1');
      expect(logger.events).toContainEqual(
        expect.objectContaining({ event: 'token.cache.tier', tier: 'environment' }),
      );
    });

    it('cannot be had: tokens stay in this process, nothing is sent, and the log says why', async () => {
      const [prefix, logger] = [newPrefix(), keptLog()];
      const store = storeOn(client, { prefix, keys: environmentKeys({}), logger });
      await store.set(tokenKey(), storedToken({ store }));
      const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 0 });
      expect(lease).toBeDefined();
      expect((await store.get(tokenKey()))?.token).toBe('token-1');
      expect(await client.keys(`${prefix}:*`)).toEqual([]);
      expect(logger.events).toEqual([
        expect.objectContaining({ level: 'warn', event: 'token.cache.tier', tier: 'memory' }),
      ]);
      await lease?.release();
    });

    it('are looked up again where a token is sealed by a newer one', async () => {
      const [prefix, load] = [newPrefix(), memoryKeyring()];
      const keys = keyringKeys({ load });
      const old = storeOn(client, { prefix, keys });
      expect(await old.get(tokenKey())).toBeUndefined();
      await keys.rotate?.();
      const rotated = storeOn(client, { prefix, keys: keyringKeys({ load }) });
      await rotated.set(tokenKey(), storedToken({ store: rotated }));
      expect((await old.get(tokenKey()))?.token).toBe('token-1');
    });

    it('that are others give a miss', async () => {
      const prefix = newPrefix();
      const store = storeOn(client, { prefix, keys: someKeys(keyLine('a')) });
      await store.set(tokenKey(), storedToken({ store }));
      expect(await storeOn(client, { prefix, keys: someKeys(keyLine('b')) }).get(tokenKey())).toBeUndefined();
    });
  });

  describe('a refusal', () => {
    const message = 'AADSTS7000215: Invalid client secret provided.';

    function fleet(prefix: string) {
      const keys = someKeys();
      let asked = 0;
      const engines = Array.from({ length: 20 }, () =>
        createTokenEngine({
          identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' },
          store: redisTokenStore({ client, keys, prefix, limitMs: 5_000 }),
          acquire: () => {
            asked += 1;
            return Promise.reject(
              new AmlAuthError({ code: 'AML_CREDENTIAL_REJECTED', message, status: 401, aadsts: 7_000_215 }),
            );
          },
        }),
      );
      return { engines, asked: () => asked };
    }

    it('is asked for once by a fleet, sealed on the server, and gone after half a minute', async () => {
      const prefix = newPrefix();
      const { engines, asked } = fleet(prefix);
      const results = await Promise.allSettled(engines.map((engine) => engine.getToken('scope')));
      expect(asked()).toBe(1);
      expect(results.map((one) => one.status === 'rejected' && String(one.reason))).toEqual(
        engines.map(() => `AmlAuthError: ${message}`),
      );
      const [name = ''] = await client.keys(`${prefix}:*:refused`);
      expect(Buffer.from((await client.get(name)) ?? '', 'base64url').toString('latin1')).not.toContain(
        'AADSTS',
      );
      expect(await client.pTTL(name)).toBeLessThanOrEqual(30_000);
    });

    it.each([
      ['foreign', (_: string) => Buffer.from('foreign').toString('base64url')],
      ['cut', (value: string) => value.slice(0, -4)],
      ['changed', (value: string) => `${value.slice(0, 60)}AAAA${value.slice(64)}`],
    ])('that is %s does not count', async (_, change) => {
      const prefix = newPrefix();
      const store = storeOn(client, { prefix });
      const expiresOnTimestamp = Date.now() + HOUR_MS;
      await store.setRefusal?.(tokenKey(), { error: { code: 'AML_FORBIDDEN', message }, expiresOnTimestamp });
      const [name = ''] = await client.keys(`${prefix}:*`);
      const value = (await client.get(name)) ?? '';
      await client.set(name, change(value));
      expect(await store.getRefusal?.(tokenKey())).toBeUndefined();
      await client.set(name.replace(/:refused$/, ''), value);
      expect(await store.get(tokenKey())).toBeUndefined();
      await client.set(name, value);
      expect((await store.getRefusal?.(tokenKey()))?.error.message).toBe(message);
      await client.del(name);
      await client.lPush(name, randomBytes(4).toString('hex'));
      expect(await store.getRefusal?.(tokenKey())).toBeUndefined();
    });
  });
});
