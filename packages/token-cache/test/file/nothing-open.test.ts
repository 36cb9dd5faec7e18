import { readdir } from 'node:fs/promises';
import { manualClock } from '@aml-auth/core/testing';
import { storedToken, tokenKey } from '@aml-auth/testkit';
import { fileTokenStore } from '@aml-auth/token-cache';
import { expect, it } from 'vitest';
import { someKeys, temporaryFolder } from '../support/file-store.js';

const openFiles = async () => (process.platform === 'linux' ? (await readdir('/proc/self/fd')).length : 0);

it('5,000 reads, 200 writes and 50 leases leave no timer and no file open', async () => {
  const clock = manualClock();
  const store = fileTokenStore({ directory: await temporaryFolder(), keys: someKeys(), clock });
  const token = storedToken({ store, clock });
  await store.set(tokenKey(), token);
  const before = await openFiles();
  for (let round = 0; round < 50; round += 1) {
    const lease = await store.acquireLease?.(tokenKey(), { ttlMs: 1_000, waitMs: 1_000 });
    await Promise.all(Array.from({ length: 100 }, () => store.get(tokenKey())));
    await Promise.all(Array.from({ length: 4 }, () => store.set(tokenKey(), token)));
    await lease?.release();
  }
  expect(await store.get(tokenKey())).toEqual(token);
  expect(clock.pending).toBe(0);
  // The runner opens some of its own; a leak would be thousands.
  expect(await openFiles()).toBeLessThan(before + 20);
});
