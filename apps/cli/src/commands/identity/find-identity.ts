import { AmlAuthError } from '@aml-auth/core';
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
  if (!resource.startsWith('/')) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `${JSON.stringify(resource)} is not a resource id.`,
      remedy:
        'Give the whole id, such as /subscriptions/{subscription id}/resourceGroups/{name}/providers/Microsoft.Compute/virtualMachines/{name}; the portal and "az resource list" show it.',
    });
  }
  const { arm } = await openClients(context, flags);
  const { signal } = context;
  const found = await requireIdentity(arm, { resource, identity: flags.identity, switchOn, signal });
  const { switchedOn, ...shown } = found;
  // Who only looks switches nothing on.
  await present(context, flags, found, () => ({ record: switchOn ? { ...shown, switchedOn } : shown }));
}
