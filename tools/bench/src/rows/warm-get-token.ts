import { azureIdentity, msalNode, ours } from '../contestants.ts';
import { interleave } from '../measure/interleave.ts';
import { timeCalls } from '../measure/time-calls.ts';
import type { BenchRow } from '../row.ts';

/** A second `getToken` with the token in memory: the price that every request of a program pays. */
export const warmGetToken: BenchRow = {
  title: 'warm getToken',
  async measure({ emulator, rounds }) {
    const [our, identity, msal] = [ours(emulator), azureIdentity(emulator), msalNode(emulator)];
    const result = await interleave(
      {
        ours: () => timeCalls(20_000, our),
        '@azure/identity': () => timeCalls(500, identity),
        '@azure/msal-node': () => timeCalls(500, msal),
      },
      rounds,
    );
    const { ours: mine, ...peers } = result;
    return { unit: 'µs', ours: mine, peers };
  },
};
