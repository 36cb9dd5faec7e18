import { inspect } from 'node:util';
import { createTokenEngine } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { describeTokenStore, storedToken, tokenKey } from '@aml-auth/testkit';
import { memoryTokenStore } from '@aml-auth/token-cache';
import { describe, expect, it } from 'vitest';

describeTokenStore('memoryTokenStore', (clock) => ({ store: memoryTokenStore({ clock }), clock }));
describeTokenStore('memoryTokenStore by the clock of the machine', () => ({ store: memoryTokenStore() }));

const keyOf = (scope: string) => tokenKey({ scopes: [scope] });

describe('memoryTokenStore', () => {
  it('forgets the token that was not used for the longest time', async () => {
    const store = memoryTokenStore({ maxEntries: 2 });
    await store.set(keyOf('a'), storedToken({ store }));
    await store.set(keyOf('b'), storedToken({ store }));
    await store.get(keyOf('a'));
    await store.set(keyOf('c'), storedToken({ store }));
    const found = await Promise.all(['a', 'b', 'c'].map((scope) => store.get(keyOf(scope))));
    expect(found.map((token) => token !== undefined)).toEqual([true, false, true]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses maxEntries %d', (maxEntries) => {
    expect(() => memoryTokenStore({ maxEntries })).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
    );
  });

  it('hands a lease on in the order of asking, and leaves no timer', async () => {
    const clock = manualClock();
    const store = memoryTokenStore({ clock });
    const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 0 });
    const order: number[] = [];
    const waiting = [1, 2, 3].map(async (index) => {
      const mine = await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 1_000 });
      order.push(index);
      await mine?.release();
    });
    await lease?.release();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
    expect(clock.pending).toBe(0);
  });

  it('prints no token', async () => {
    const store = memoryTokenStore();
    await store.set(tokenKey(), storedToken({ store }, 'top-secret-token'));
    expect(inspect(store, { depth: null, showHidden: true }) + JSON.stringify(store)).not.toContain(
      'top-secret',
    );
  });

  it('lets 20 engines fetch one token once', async () => {
    const store = memoryTokenStore();
    let fetched = 0;
    const identity = { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' };
    const engines = Array.from({ length: 20 }, () =>
      createTokenEngine({
        identity,
        store,
        acquire: async () => {
          fetched += 1;
          await new Promise((resolve) => setImmediate(resolve));
          return { token: 'shared', expiresOnTimestamp: Date.now() + 3_600_000 };
        },
      }),
    );
    const tokens = await Promise.all(
      engines.map((engine) => engine.getToken('https://ml.azure.com/.default')),
    );
    expect(fetched).toBe(1);
    expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set(['shared']));
  });
});
