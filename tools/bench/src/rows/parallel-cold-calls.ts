import type { Emulator } from '@aml-auth/emulator';
import { azureIdentity, msalNode, ours, type TokenCall } from '../contestants.ts';
import type { BenchRow } from '../row.ts';

/** What twenty callers that start at the same time cost Microsoft Entra ID. */
export const parallelColdCalls: BenchRow = {
  title: '20 parallel cold calls',
  async measure({ emulator }) {
    const counts = {
      ours: await requestsFor(emulator, ours(emulator)),
      '@azure/identity': await requestsFor(emulator, azureIdentity(emulator)),
      '@azure/msal-node': await requestsFor(emulator, msalNode(emulator)),
    };
    const { ours: mine, ...peers } = mapValues(counts, ({ token, discovery }) => token + discovery);
    const notes = mapValues(counts, ({ token, discovery }) => `${token} token, ${discovery} discovery`);
    return { unit: 'requests', ours: mine, peers, notes };
  },
};

async function requestsFor(
  emulator: Emulator,
  call: TokenCall,
): Promise<{ token: number; discovery: number }> {
  const before = emulator.requests.length;
  await Promise.all(Array.from({ length: 20 }, call));
  const requests = emulator.requests.slice(before);
  const token = requests.filter(({ method }) => method === 'POST').length;
  return { token, discovery: requests.length - token };
}

function mapValues<K extends string, A, B>(record: Record<K, A>, change: (value: A) => B): Record<K, B> {
  const entries = Object.entries<A>(record).map(([name, value]) => [name, change(value)]);
  return Object.fromEntries(entries) as Record<K, B>;
}
