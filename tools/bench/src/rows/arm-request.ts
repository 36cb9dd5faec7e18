import { JOB_URL, JOBS_PATH, ourClient, theirRequest } from '../measure/arm-clients.ts';
import { forkArmServer, type ArmServer } from '../measure/fork-arm-server.ts';
import { interleave } from '../measure/interleave.ts';
import { timeProcessor } from '../measure/time-processor.ts';
import type { BenchRow } from '../row.ts';

const CALLS = 400;

type Call = () => Promise<unknown>;
/** Microseconds that so many calls take, each. */
type Measure = (call: Call) => Promise<number>;

/** What a request costs with sign-in, ids, limits and retries, beside `fetch` with a header and nothing else. */
export const armRequest: BenchRow = {
  title: 'one GET of Resource Manager, processor time',
  measure: ({ rounds }) => measured(rounds, sample),
};

/** The same as a caller sees it: until the answer is there. */
export const armRequestWait: BenchRow = {
  title: 'one GET of Resource Manager, until its answer',
  measure: ({ rounds }) => measured(rounds, wait),
};

async function measured(rounds: number, measure: Measure): ReturnType<BenchRow['measure']> {
  const server = await forkArmServer();
  try {
    const samplers = Object.entries(callsTo(server)).map(
      ([name, call]) => [name, () => measure(call)] as const,
    );
    const { ours = Number.NaN, ...peers } = await interleave(Object.fromEntries(samplers), rounds);
    return { unit: 'µs', ours, peers };
  } finally {
    server.close();
  }
}

function callsTo(server: ArmServer): Record<string, Call> {
  const arm = ourClient();
  const ask = (init: RequestInit) => async (): Promise<unknown> => (await fetch(JOB_URL, init)).json();
  const authorization = 'Bearer a-token';
  return {
    ours: () => arm.request({ method: 'GET', path: `${JOBS_PATH}/job-0`, apiVersion: '2026-09-01' }),
    'global fetch': ask({ headers: { authorization } }),
    // What any client must send that signs in, can be told apart, and can be stopped.
    'global fetch with these headers and a signal': () =>
      ask({
        headers: {
          authorization,
          accept: 'application/json',
          'x-ms-client-request-id': crypto.randomUUID(),
          'x-ms-correlation-request-id': crypto.randomUUID(),
          'x-ms-return-client-request-id': 'true',
        },
        redirect: 'manual',
        signal: new AbortController().signal,
      })(),
    '@azure/core-rest-pipeline': theirRequest(server),
  };
}

async function repeat(call: Call): Promise<void> {
  for (let index = 0; index < CALLS; index += 1) await call();
}

const sample: Measure = async (call) => ((await timeProcessor(() => repeat(call))) * 1000) / CALLS;

const wait: Measure = async (call) => {
  const started = performance.now();
  await repeat(call);
  return ((performance.now() - started) * 1000) / CALLS;
};
