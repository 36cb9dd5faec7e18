import { deleteServicePrincipal } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { confirm } from '../../../settings/confirm.js';
import { openClients } from '../../../settings/open-clients.js';
import { subscriptionOf } from '../../../settings/workspace-flags.js';
import { applicationReference } from '../application-reference.js';
import type { SpDeleteFlags } from './command.js';

/** Runs `aml-auth sp delete`. */
export async function deleteSp(context: CliContext, flags: SpDeleteFlags, name: string): Promise<void> {
  const known = await openClients(context, flags);
  const { graph, arm } = known;
  const subscription = subscriptionOf(flags, known);
  const scopes = flags.scopes ?? (subscription === undefined ? [] : [`/subscriptions/${subscription}`]);
  await confirm(context, flags, context.messages.say.askDelete(name));
  const deleted = await deleteServicePrincipal(graph, {
    arm,
    principal: applicationReference(name),
    scopes,
    keepApplication: flags.keepApplication,
    signal: context.signal,
  });
  await present(context, flags, deleted, () => ({
    record: {
      deleted: deleted.deleted,
      appId: deleted.appId,
      objectId: deleted.servicePrincipalId,
      roleAssignments: deleted.roleAssignments.length,
    },
  }));
}
