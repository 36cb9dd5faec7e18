import { listConditionalAccess } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { openClients } from '../../../settings/open-clients.js';
import { policyView, type PolicyView } from '../policy-view.js';
import type { CaListFlags } from './command.js';

/** Runs `aml-auth ca list`. */
export async function list(context: CliContext, flags: CaListFlags): Promise<void> {
  const { graph } = await openClients(context, flags);
  const policies: PolicyView[] = [];
  const found = listConditionalAccess(graph, { all: flags.all, signal: context.signal });
  for await (const { policy } of found) policies.push(policyView(policy));
  await present(context, flags, { policies }, () => ({
    headings: ['id', 'name', 'state', 'reaches', 'wants'],
    rows: policies.map(({ id, displayName, state, reach, wants }) => {
      return [id, displayName, state, reach.reaches, wants];
    }),
  }));
}
