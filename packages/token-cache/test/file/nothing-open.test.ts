import { readdir } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTokenEngine } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import { storedToken, tokenKey } from '@aml-auth/testkit';
import { fileTokenStore } from '@aml-auth/token-cache';
import { expect, it } from 'vitest';
import { someKeys, temporaryFolder } from '../support/file-store.js';

const openFiles = async () => (process.platform === 'linux' ? (await readdir('/proc/self/fd')).length : 0);

const requestsToFiles = () => process.getActiveResourcesInfo().filter((kind) => kind.startsWith('FS'));

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

it(
  'an hour with a million calls leaves no memory, timer or request behind',
  { timeout: 300_000 },
  async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heap = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const clock = manualClock();
    let fetched = 0;
    const engine = createTokenEngine({
      identity: { authorityHost: 'https://a', tenantId: 't', clientId: 'c', fingerprint: 'f' },
      store: fileTokenStore({ directory: await temporaryFolder(), keys: someKeys(), clock }),
      clock,
      acquire: () => {
        fetched += 1;
        return Promise.resolve({ token: `token-${fetched}`, expiresOnTimestamp: clock.now() + 300_000 });
      },
    });
    const sizes: number[] = [];
    for (let second = 0; second < 3_600; second += 1) {
      for (let call = 0; call < 278; call += 1) await engine.getToken('scope');
      await setImmediate();
      clock.advance(1_000);
      if (second % 600 === 599) sizes.push(heap());
    }
    // One refresh in the background after three quarters of five minutes, each time.
    expect(fetched).toBeGreaterThan(12);
    expect(fetched).toBeLessThan(20);
    const [first = 0, last = 0] = [sizes[0], sizes.at(-1)];
    expect(last - first).toBeLessThan(1_000_000);
    expect(clock.pending).toBe(0);
    // Timers of the process are the runner's: all of ours are the clock's.
    await expect.poll(requestsToFiles).toEqual([]);
  },
);
