/**
 * The value that this share of the samples is below.
 *
 * @param share - from 0 to below 1
 */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
