import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { computeRecord } from '../compute-view.js';
import { finish } from '../finish.js';
import { openComputes } from '../open-computes.js';
import type { ComputeCreateFlags } from './command.js';
import { computeBody } from './compute-body.js';

/** Runs `aml-auth compute create`. */
export async function create(context: CliContext, flags: ComputeCreateFlags, name: string): Promise<void> {
  const { arm, ref, computes } = await openComputes(context, flags);
  const { signal } = context;
  const { location } = await arm.workspaces.get(ref, { signal });
  if (location === undefined) {
    throw new AmlAuthError({
      code: 'AML_RESPONSE_INVALID',
      message: 'The workspace has no location.',
      remedy: 'Look at it with "aml-auth workspace show"; report it if that shows one.',
    });
  }
  await finish(context, await computes.put(name, computeBody(flags, location), { signal }), flags.wait);
  const compute = await computes.get(name, { signal });
  await present(context, flags, compute, () => ({ record: computeRecord(compute) }));
}
