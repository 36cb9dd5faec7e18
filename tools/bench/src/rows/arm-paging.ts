import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { JOBS_PATH, ourClient, theirClient, WORKSPACE } from '../measure/arm-clients.ts';
import { forkArmServer } from '../measure/fork-arm-server.ts';
import { interleave } from '../measure/interleave.ts';
import { timeProcessor } from '../measure/time-processor.ts';
import type { BenchRow } from '../row.ts';

const ITEMS = 100_000;
const MANY = 1_000_000;
const MEGABYTE = 1024 * 1024;

/** How long the jobs of a large workspace take, and what is kept of them. */
export const armPaging: BenchRow = {
  title: '100,000 jobs, 1,000 a page, processor time',
  async measure({ rounds }) {
    const server = await forkArmServer();
    try {
      const arm = ourClient();
      const { jobs } = arm.workspace(WORKSPACE);
      const their = theirClient(server);
      const samples = Math.max(2, Math.ceil(rounds / 3));
      const { ours, ...peers } = await interleave(
        {
          ours: () => timed(jobs.list({ prefetch: 1 })),
          'ours, not typed': () =>
            timed(arm.list({ path: JOBS_PATH, apiVersion: '2026-09-01', prefetch: 1 })),
          '@azure/arm-machinelearning': () => timed(their.jobs.list('rg', 'ws1')),
        },
        samples,
      );
      const heap = await heapAlong(jobs.list({ query: { total: MANY }, prefetch: 1 }));
      return { unit: 'ms', ours, peers, notes: { ours: `heap ${heap}` } };
    } finally {
      server.close();
    }
  },
};

async function timed(items: AsyncIterable<unknown>): Promise<number> {
  return timeProcessor(async () => {
    let count = 0;
    for await (const _ of items) count += 1;
    if (count !== ITEMS) throw new Error(`${count} items came, not ${ITEMS}.`);
  });
}

/** What is held after a collection, at ten thousand, a hundred thousand and a million items. */
async function heapAlong(items: AsyncIterable<unknown>): Promise<string> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held: string[] = [];
  let count = 0;
  for await (const _ of items) {
    count += 1;
    if (count !== 10_000 && count !== ITEMS && count !== MANY) continue;
    collect();
    held.push((process.memoryUsage().heapUsed / MEGABYTE).toFixed(1));
  }
  return `${held.join(', ')} MB at 10,000, 100,000 and ${count.toLocaleString('en')}`;
}
