import { interleave } from '../measure/interleave.ts';
import { timeImport } from '../measure/time-import.ts';
import type { BenchRow } from '../row.ts';

/** What an import adds to a program's start. */
export const importTime: BenchRow = {
  title: 'import',
  async measure({ rounds }) {
    const { ours, ...peers } = await interleave(
      {
        ours: () => timeImport('@aml-auth/credentials'),
        '@azure/identity': () => timeImport('@azure/identity'),
        '@azure/msal-node': () => timeImport('@azure/msal-node'),
      },
      rounds,
    );
    return { unit: 'ms of CPU', ours, peers };
  },
};
