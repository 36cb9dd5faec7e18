import { median } from './median.ts';

/** Something to measure: one call gives one sample. */
export type Sampler = () => Promise<number>;

/**
 * Medians of samples that are taken in turn, one of each contestant a round, so that whatever else
 * the machine does in the meantime hits all of them alike. The first round warms up and does not count.
 */
export async function interleave<NAME extends string>(
  contestants: Readonly<Record<NAME, Sampler>>,
  rounds: number,
): Promise<Record<NAME, number>> {
  const entries = Object.entries<Sampler>(contestants) as [NAME, Sampler][];
  const samples = new Map<NAME, number[]>(entries.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, sample] of entries) {
      const value = await sample();
      if (round > 0) samples.get(name)?.push(value);
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(samples.get(name) ?? [])])) as Record<
    NAME,
    number
  >;
}
