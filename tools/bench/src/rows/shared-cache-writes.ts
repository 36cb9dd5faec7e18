import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedisServer } from '@aml-auth/testkit/redis';
import { runWorkers } from '../measure/run-workers.ts';
import type { BenchRow } from '../row.ts';
import type { SharedCache } from '../workers/msal-caches.ts';

const [PROCESSES, QUICK_PROCESSES] = [20, 8];
/** With fewer rounds than this the run is a quick one. */
const FULL_ROUNDS = 10;
const TOKENS_EACH = 5;

/** What is left of the tokens that processes write into one cache of MSAL at the same time. */
export const sharedCacheWrites: BenchRow = {
  title: 'tokens of processes that write at the same time',
  needsRedis: true,
  async measure({ rounds }) {
    const processes = rounds < FULL_ROUNDS ? QUICK_PROCESSES : PROCESSES;
    const server = await startRedisServer();
    const folder = await mkdtemp(join(tmpdir(), 'aml-auth-bench-'));
    const shared = { url: server.url, folder, key: randomBytes(32).toString('base64url') };
    try {
      const redis = await kept('ours, Redis', shared, processes);
      const files = await kept('ours, files', shared, processes);
      return {
        unit: `of ${processes * TOKENS_EACH} kept`,
        ours: Math.min(redis, files),
        peers: {
          DistributedCachePlugin: await kept('DistributedCachePlugin', shared, processes),
          PersistenceCachePlugin: await kept('PersistenceCachePlugin', shared, processes),
        },
        notes: { ours: `Redis ${redis}, files ${files}` },
      };
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function kept(name: string, shared: SharedCache, processes: number): Promise<number> {
  const all = JSON.stringify(shared);
  const writers = Array.from({ length: processes }, (_, index) => [
    name,
    all,
    String(index * TOKENS_EACH),
    String(TOKENS_EACH),
  ]);
  await runWorkers('cache-writer.ts', writers);
  const [count] = await runWorkers<number>('cache-writer.ts', [[name, all, '0', '0']]);
  return count ?? 0;
}
