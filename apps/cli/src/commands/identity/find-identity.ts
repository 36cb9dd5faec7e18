import { requireIdentity } from '@aml-auth/rbac';
import type { CliContext } from '../../context.js';
import { present } from '../../output/present.js';
import { openClients } from '../../settings/open-clients.js';
import type { IdentityFlags } from './identity-flags.js';

/** Prints the managed identity of a resource. */
export async function findIdentity(
  context: CliContext,
  flags: IdentityFlags,
  resource: string,
  switchOn: boolean,
): Promise<void> {
  const { arm } = await openClients(context, flags);
  const { signal } = context;
  const found = await requireIdentity(arm, { resource, identity: flags.identity, switchOn, signal });
  await present(context, flags, found, () => ({ record: { ...found } }));
}
