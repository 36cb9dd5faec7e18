import { listServicePrincipals, type ServicePrincipal } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { openClients } from '../../../settings/open-clients.js';
import type { SpListFlags } from './command.js';

/** Runs `aml-auth sp list`. */
export async function list(context: CliContext, flags: SpListFlags): Promise<void> {
  const { graph } = await openClients(context, flags);
  const { displayName: displayNameStartsWith, filter } = flags;
  const servicePrincipals: ServicePrincipal[] = [];
  const found = listServicePrincipals(graph, { displayNameStartsWith, filter, signal: context.signal });
  for await (const one of found) servicePrincipals.push(one);
  await present(context, flags, { servicePrincipals }, () => ({
    headings: ['name', 'app id', 'object id', 'type'],
    rows: servicePrincipals.map(({ displayName, appId, objectId, servicePrincipalType }) => {
      return [displayName, appId, objectId, servicePrincipalType];
    }),
  }));
}
