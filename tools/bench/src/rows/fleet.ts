import { randomBytes } from 'node:crypto';
import { startRedisServer } from '@aml-auth/testkit/redis';
import { percentile } from '../measure/percentile.ts';
import { runWorkers } from '../measure/run-workers.ts';
import type { BenchRow } from '../row.ts';
import { startShortTokenServer } from '../servers/start-short-token-server.ts';

const WORKERS = 40;
const LIFE_MS = 3_000;
const [DURATION_MS, QUICK_DURATION_MS] = [20_000, 6_000];
/** With fewer rounds than this the run is a quick one. */
const FULL_ROUNDS = 10;

/** How often a fleet that shares a token asks for a new one, with and without a store in common. */
export const fleet: BenchRow = {
  title: '40 workers, tokens of 3 s',
  needsRedis: true,
  async measure({ rounds }) {
    const durationMs = rounds < FULL_ROUNDS ? QUICK_DURATION_MS : DURATION_MS;
    const server = await startRedisServer();
    try {
      const ours = await runFleet(durationMs, server.url);
      const alone = await runFleet(durationMs);
      return {
        unit: 'calls',
        ours: ours.calls,
        peers: { 'each for itself': alone.calls },
        notes: { ours: ours.note, 'each for itself': alone.note },
      };
    } finally {
      await server.close();
    }
  },
};

async function runFleet(durationMs: number, redis?: string): Promise<{ calls: number; note: string }> {
  const provider = await startShortTokenServer(LIFE_MS);
  const key = randomBytes(32).toString('base64url');
  const args = [provider.url, String(durationMs), key, ...(redis === undefined ? [] : [redis])];
  const answers = await runWorkers<number[]>(
    'fleet-worker.ts',
    Array.from({ length: WORKERS }, () => args),
  );
  provider.close();
  // 40 processes make their first call at the same time, cold and without a token; in a short run that is over 1 %.
  const first = answers.flatMap((one) => one?.slice(0, 1) ?? []);
  const later = answers.flatMap((one) => one?.slice(1) ?? []);
  const failed = answers.filter((one) => one === undefined).length;
  const facts = [
    `in ${durationMs / 1_000} s`,
    `at most ${provider.mostAtOnce()} at once`,
    `p99 ${percentile(later, 0.99).toFixed(1)} ms`,
    `of first calls ${percentile(first, 0.99).toFixed(0)} ms`,
  ];
  if (failed > 0) facts.push(`${failed} workers failed`);
  return { calls: provider.calls(), note: facts.join(', ') };
}
