import { describePolicy, getConditionalAccessPolicy } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { openClients } from '../../../settings/open-clients.js';
import type { DataFlags } from '../../../settings/sign-in-flags.js';
import { policyView } from '../policy-view.js';

/** Runs `aml-auth ca show`. */
export async function show(context: CliContext, flags: DataFlags, id: string): Promise<void> {
  const { graph } = await openClients(context, flags);
  const policy = await getConditionalAccessPolicy(graph, { id, signal: context.signal });
  await present(context, flags, policyView(policy), () => ({
    headings: [],
    rows: describePolicy(policy).map((line) => [line]),
  }));
}
