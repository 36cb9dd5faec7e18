import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import type { ComputeFlags, WaitFlag } from '../compute-flags.js';
import { computeRecord } from '../compute-view.js';
import { finish } from '../finish.js';
import { openComputes } from '../open-computes.js';

/** Runs `aml-auth compute start`. */
export async function start(
  context: CliContext,
  flags: ComputeFlags & WaitFlag,
  name: string,
): Promise<void> {
  const { computes } = await openComputes(context, flags);
  const { signal } = context;
  await finish(context, await computes.actions.start(name, { signal }), flags.wait);
  const compute = await computes.get(name, { signal });
  await present(context, flags, compute, () => ({ record: computeRecord(compute) }));
}
