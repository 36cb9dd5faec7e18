import { showServicePrincipal } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { openClients } from '../../../settings/open-clients.js';
import type { DataFlags } from '../../../settings/sign-in-flags.js';
import { applicationReference } from '../application-reference.js';
import { credentialView } from '../credential-view.js';

/** Runs `aml-auth sp show`. */
export async function show(context: CliContext, flags: DataFlags, name: string): Promise<void> {
  const { graph } = await openClients(context, flags);
  const principal = applicationReference(name);
  const found = await showServicePrincipal(graph, { principal, signal: context.signal });
  const { servicePrincipal, application } = found;
  const credentials = found.credentials.map(credentialView);
  await present(context, flags, { servicePrincipal, application, credentials }, () => ({
    record: {
      name: servicePrincipal.displayName,
      uniqueName: application?.uniqueName,
      appId: servicePrincipal.appId,
      objectId: servicePrincipal.objectId,
      type: servicePrincipal.servicePrincipalType,
      enabled: servicePrincipal.accountEnabled,
      homeTenant: servicePrincipal.homeTenantId,
      credentials: credentials.map(({ kind, endsAt }) => `${kind} ${endsAt ?? ''}`.trim()).join(', '),
    },
  }));
}
