import { cliMain } from '../measure/cli-main.ts';
import { interleave } from '../measure/interleave.ts';
import { withTimeStart } from '../measure/time-start.ts';
import type { BenchRow } from '../row.ts';

/** The start of the command line beside that of Node.js alone. */
export const cliVersion: BenchRow = {
  title: 'aml-auth --version',
  measure: ({ rounds }) =>
    withTimeStart(async (timeStart) => {
      const { ours, bare } = await interleave(
        { ours: () => timeStart([cliMain(), '--version']), bare: () => timeStart(['--eval', '']) },
        rounds,
      );
      return { unit: 'ms of CPU', ours, peers: { 'bare node': bare } };
    }),
};
