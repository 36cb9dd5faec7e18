import { fileURLToPath } from 'node:url';
import { interleave } from '../measure/interleave.ts';
import { timeProcess } from '../measure/time-process.ts';
import type { BenchRow } from '../row.ts';

/** From the start of a process to its end, with the first token of a fresh server in between. */
export const firstToken: BenchRow = {
  title: 'start to first token',
  async measure({ rounds }) {
    const program = fileURLToPath(new URL('../servers/first-token.ts', import.meta.url));
    const { ours, ...peers } = await interleave(
      {
        ours: () => timeProcess([program, 'emulator']),
        'oauth2-mock-server': () => timeProcess([program, 'mock']),
      },
      rounds,
    );
    return { unit: 'ms', ours, peers };
  },
};
