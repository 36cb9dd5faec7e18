import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import type { ComputeFlags } from '../compute-flags.js';
import { computeRecord } from '../compute-view.js';
import { openComputes } from '../open-computes.js';

/** Runs `aml-auth compute show`. */
export async function show(context: CliContext, flags: ComputeFlags, name: string): Promise<void> {
  const { computes } = await openComputes(context, flags);
  const compute = await computes.get(name, { signal: context.signal });
  await present(context, flags, compute, () => ({ record: computeRecord(compute) }));
}
