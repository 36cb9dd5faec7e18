import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedisServer } from '@aml-auth/testkit/redis';
import { runWorkers } from '../measure/run-workers.ts';
import type { BenchRow } from '../row.ts';
import type { SharedCache } from '../workers/msal-caches.ts';

const PROCESSES = 20;
const TOKENS_EACH = 5;

/** What is left of the tokens that processes write into one cache of MSAL at the same time. */
export const sharedCacheWrites: BenchRow = {
  title: '20 processes write 5 tokens each',
  needsRedis: true,
  async measure() {
    const server = await startRedisServer();
    const folder = await mkdtemp(join(tmpdir(), 'aml-auth-bench-'));
    const shared = { url: server.url, folder, key: randomBytes(32).toString('base64url') };
    try {
      const redis = await kept('ours, Redis', shared);
      const files = await kept('ours, files', shared);
      return {
        unit: 'kept',
        ours: Math.min(redis, files),
        peers: {
          DistributedCachePlugin: await kept('DistributedCachePlugin', shared),
          PersistenceCachePlugin: await kept('PersistenceCachePlugin', shared),
        },
        notes: { ours: `Redis ${redis}, files ${files}` },
      };
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function kept(name: string, shared: SharedCache): Promise<number> {
  const all = JSON.stringify(shared);
  const writers = Array.from({ length: PROCESSES }, (_, index) => [
    name,
    all,
    String(index * TOKENS_EACH),
    String(TOKENS_EACH),
  ]);
  await runWorkers('cache-writer.ts', writers);
  const [count] = await runWorkers<number>('cache-writer.ts', [[name, all, '0', '0']]);
  return count ?? 0;
}
