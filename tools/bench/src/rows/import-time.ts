import { interleave } from '../measure/interleave.ts';
import { timeImport } from '../measure/time-import.ts';
import type { BenchRow } from '../row.ts';

const OURS = '@aml-auth/credentials';

/**
 * What an import adds to a program's start: the median of its processor time, less that of the same program without
 * the import. The time on the clock stands beside ours; it is the same on a quiet machine.
 */
export const importTime: BenchRow = {
  title: 'import',
  async measure({ rounds }) {
    const { bare, wall, ours, identity, msal } = await interleave(
      {
        bare: () => timeImport(),
        wall: () => timeImport(OURS, 'wall'),
        ours: () => timeImport(OURS),
        identity: () => timeImport('@azure/identity'),
        msal: () => timeImport('@azure/msal-node'),
      },
      rounds,
    );
    return {
      unit: 'ms of CPU over bare Node.js',
      ours: ours - bare,
      peers: { '@azure/identity': identity - bare, '@azure/msal-node': msal - bare },
      notes: { ours: `${wall.toFixed(1)} ms on the clock` },
    };
  },
};
