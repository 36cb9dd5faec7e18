import { interleave } from '../measure/interleave.ts';
import { timeProcess } from '../measure/time-process.ts';
import type { BenchRow } from '../row.ts';

/** What an import adds to a program's start, over a process that imports nothing. */
export const importTime: BenchRow = {
  title: 'import',
  async measure({ rounds }) {
    const load = (name: string) => () =>
      timeProcess(['--input-type=module', '--eval', `import ${JSON.stringify(import.meta.resolve(name))}`]);
    const times = await interleave(
      {
        nothing: () => timeProcess(['--input-type=module', '--eval', '']),
        ours: load('@aml-auth/credentials'),
        '@azure/identity': load('@azure/identity'),
        '@azure/msal-node': load('@azure/msal-node'),
      },
      rounds,
    );
    const { nothing, ours, ...peers } = times;
    const added = Object.entries(peers).map(([name, ms]) => [name, ms - nothing]);
    return { unit: 'ms', ours: ours - nothing, peers: Object.fromEntries(added) as Record<string, number> };
  },
};
