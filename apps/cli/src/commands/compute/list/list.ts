import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import type { ComputeFlags } from '../compute-flags.js';
import { computeRecord, type ShownCompute } from '../compute-view.js';
import { openComputes } from '../open-computes.js';

/** Runs `aml-auth compute list`. */
export async function list(context: CliContext, flags: ComputeFlags): Promise<void> {
  const { computes } = await openComputes(context, flags);
  const found: ShownCompute[] = [];
  for await (const compute of computes.list({ signal: context.signal })) found.push(compute);
  await present(context, flags, { computes: found }, () => ({
    headings: ['name', 'type', 'size', 'state', 'identity', 'location'],
    rows: found.map((compute) => Object.values(computeRecord(compute))),
  }));
}
