import { forkServer, type ForkedServer } from '../measure/fork-server.ts';
import { interleave } from '../measure/interleave.ts';
import { sendForms } from '../measure/send-forms.ts';
import type { BenchRow } from '../row.ts';

const REQUESTS = 1_000;
const PARALLEL = 8;
const MEGABYTE = 1024 * 1024;

/** How long a token server takes for a request under load, and what it keeps of all of them. */
export const tokenRequests: BenchRow = {
  title: 'token request, 8 in parallel',
  async measure({ rounds }) {
    const servers = { ours: await forkServer('emulator'), 'oauth2-mock-server': await forkServer('mock') };
    try {
      // Logs that keep the latest entries fill up before it counts.
      for (const { target } of Object.values(servers)) await sendForms(target, 2 * REQUESTS, PARALLEL);
      const before = await heaps(servers);
      const { ours, ...peers } = await interleave(
        { ours: sampler(servers.ours), 'oauth2-mock-server': sampler(servers['oauth2-mock-server']) },
        rounds,
      );
      const after = await heaps(servers);
      const total = REQUESTS * (rounds + 1);
      const note = (name: string, microseconds: number): string =>
        `${Math.round(60_000_000 / microseconds)} a minute, heap ${change(before[name], after[name])} MB after ${total}`;
      const notes = Object.fromEntries(
        Object.entries({ ours, ...peers }).map(([name, value]) => [name, note(name, value)]),
      );
      return { unit: 'µs', ours, peers, notes };
    } finally {
      for (const { close } of Object.values(servers)) close();
    }
  },
};

function sampler({ target }: ForkedServer): () => Promise<number> {
  return async () => ((await sendForms(target, REQUESTS, PARALLEL)) * 1000) / REQUESTS;
}

async function heaps(servers: Readonly<Record<string, ForkedServer>>): Promise<Record<string, number>> {
  const entries = Object.entries(servers).map(async ([name, server]): Promise<[string, number]> => {
    return [name, await server.heap()];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function change(before = Number.NaN, after = Number.NaN): string {
  const megabytes = (after - before) / MEGABYTE;
  return `${megabytes < 0 ? '−' : '+'}${Math.abs(megabytes).toFixed(1)}`;
}
