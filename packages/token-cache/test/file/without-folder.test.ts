import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { storedToken, tokenKey } from '@aml-auth/testkit';
import { clearTokenStore, fileTokenStore, inspectTokenStore } from '@aml-auth/token-cache';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

it('a user without a home directory has tokens in memory, and the store says why', async () => {
  vi.spyOn(os, 'homedir').mockImplementation(() => {
    throw new Error('ENOENT');
  });
  syncBuiltinESMExports();
  const store = fileTokenStore({ env: {}, unsafeAllowPlaintext: true });
  await store.set(tokenKey(), storedToken({ store }));
  expect(await store.get(tokenKey())).toBeDefined();
  expect(await store.status()).toMatchObject({
    directory: '',
    tier: 'memory',
    degraded: expect.stringContaining('AML_AUTH_CACHE_DIR') as string,
  });
  const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 0 });
  await lease?.release();
  await store.delete(tokenKey());
  expect(await store.get(tokenKey())).toBeUndefined();
  expect(await inspectTokenStore(store)).toEqual([]);
  expect(await clearTokenStore(store)).toBe(0);
});

it('a relative folder is refused', () => {
  expect(() => fileTokenStore({ directory: 'cache' })).toThrow(
    expect.objectContaining({ code: 'AML_CONFIG_INVALID' }) as Error,
  );
});
