import { removeCredential } from '@aml-auth/rbac';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { confirm } from '../../../../settings/confirm.js';
import { openClients } from '../../../../settings/open-clients.js';
import { applicationReference } from '../../application-reference.js';
import type { CredentialRemoveFlags } from './command.js';

/** Runs `aml-auth sp credential remove`. */
export async function remove(
  context: CliContext,
  flags: CredentialRemoveFlags,
  name: string,
  id: string,
): Promise<void> {
  const { graph } = await openClients(context, flags);
  const application = applicationReference(name);
  await confirm(context, flags, context.messages.say.askDelete(id));
  const removed = await removeCredential(graph, { application, id, signal: context.signal });
  await present(context, flags, { id, removed }, () => ({ record: { id, removed } }));
}
