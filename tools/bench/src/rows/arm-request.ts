import { JOB_URL, JOBS_PATH, ourClient, theirRequest } from '../measure/arm-clients.ts';
import { forkArmServer } from '../measure/fork-arm-server.ts';
import { interleave } from '../measure/interleave.ts';
import { timeProcessor } from '../measure/time-processor.ts';
import type { BenchRow } from '../row.ts';

const CALLS = 400;

/** What a request costs with sign-in, ids, limits and retries, beside `fetch` with a header and nothing else. */
export const armRequest: BenchRow = {
  title: 'one GET of Resource Manager, processor time',
  async measure({ rounds }) {
    const server = await forkArmServer();
    try {
      const arm = ourClient(server);
      const viaPipeline = theirRequest(server);
      const url = server.locate(JOB_URL);
      const plain = async (): Promise<unknown> =>
        (await fetch(url, { headers: { authorization: 'Bearer a-token' } })).json();
      const ask = () => arm.request({ method: 'GET', path: `${JOBS_PATH}/job-0`, apiVersion: '2026-09-01' });
      const { ours, ...peers } = await interleave(
        {
          ours: () => sample(ask),
          'global fetch': () => sample(plain),
          '@azure/core-rest-pipeline': () => sample(viaPipeline),
        },
        rounds,
      );
      return { unit: 'µs', ours, peers };
    } finally {
      server.close();
    }
  },
};

async function sample(call: () => Promise<unknown>): Promise<number> {
  const milliseconds = await timeProcessor(async () => {
    for (let index = 0; index < CALLS; index += 1) await call();
  });
  return (milliseconds * 1000) / CALLS;
}
