import { createRequire } from 'node:module';
import { join } from 'node:path';
import { interleave } from '../measure/interleave.ts';
import { timeProcess } from '../measure/time-process.ts';
import type { BenchRow } from '../row.ts';

/** The start of the command line beside that of Node.js alone. */
export const cliVersion: BenchRow = {
  title: 'aml-auth --version',
  async measure({ rounds }) {
    const manifest = createRequire(import.meta.url).resolve('@aml-auth/cli/package.json');
    const main = join(manifest, '../dist/main.js');
    const { ours, ...peers } = await interleave(
      { ours: () => timeProcess([main, '--version']), 'bare node': () => timeProcess(['--eval', '']) },
      rounds,
    );
    return { unit: 'ms', ours, peers };
  },
};
