import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile } from '../measure/percentile.ts';
import { runWorkers } from '../measure/run-workers.ts';
import type { BenchRow, RowResult } from '../row.ts';

const [PROCESSES, QUICK_PROCESSES] = [50, 10];
/** With fewer rounds than this the run is a quick one. */
const FULL_ROUNDS = 10;
const WRITES_EACH = 10;
/** Enough that a disturbance of the machine hits both. */
const PAIRS = 3;

/** Ours, and two files of which nothing is asked but to be synced and renamed. */
const WRITERS = ['ours', 'bare', 'least'] as const;
type Writer = (typeof WRITERS)[number];
const [BARE, LEAST] = ['a bare file, synced and renamed', 'the same by synchronous calls'];

type Start = 'together' | 'each';

/** How long a process waits for a write while many write at once, beside the least that such a write can be. */
export const fileWrites: BenchRow = {
  title: 'write of a token file, many processes at once',
  measure: ({ rounds }) => waitsOf(rounds, 'together'),
};

/** The same, where each process writes as soon as it has started, while others still start. */
export const fileWritesAtStart: BenchRow = {
  title: 'write of a token file, processes that start',
  measure: ({ rounds }) => waitsOf(rounds, 'each'),
};

async function waitsOf(rounds: number, start: Start): Promise<RowResult> {
  const processes = rounds < FULL_ROUNDS ? QUICK_PROCESSES : PROCESSES;
  const waits: Record<Writer, number[]> = { ours: [], bare: [], least: [] };
  for (let pair = 0; pair < (rounds < FULL_ROUNDS ? 1 : PAIRS); pair += 1) {
    for (const how of WRITERS) waits[how].push(...(await timesOf(how, processes, start)));
  }
  const { ours, bare, least } = waits;
  return {
    unit: 'ms',
    ours: percentile(ours, 0.5),
    peers: { [BARE]: percentile(bare, 0.5), [LEAST]: percentile(least, 0.5) },
    notes: {
      ours: `${processes} x ${WRITES_EACH}, p99 ${percentile(ours, 0.99).toFixed(0)} ms`,
      [BARE]: `p99 ${percentile(bare, 0.99).toFixed(0)} ms`,
      [LEAST]: `p99 ${percentile(least, 0.99).toFixed(0)} ms`,
    },
  };
}

async function timesOf(how: Writer, processes: number, start: Start): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-bench-'));
  const key = randomBytes(32).toString('base64url');
  try {
    const args = Array.from({ length: processes }, (_, index) => [
      how,
      folder,
      key,
      String(index),
      String(WRITES_EACH),
    ]);
    const answers = await runWorkers<number[]>('file-writer.ts', args, start);
    // A worker answers only once it has read back all that it wrote.
    if (answers.includes(undefined)) throw new Error('A worker has lost a token.');
    return answers.flatMap((one) => one ?? []);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
