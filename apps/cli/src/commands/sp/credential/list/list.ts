import { listCredentials } from '@aml-auth/rbac';
import type { CliContext } from '../../../../context.js';
import { present } from '../../../../output/present.js';
import { openClients } from '../../../../settings/open-clients.js';
import type { DataFlags } from '../../../../settings/sign-in-flags.js';
import { applicationReference } from '../../application-reference.js';
import { credentialRows, credentialView } from '../../credential-view.js';

/** Runs `aml-auth sp credential list`. */
export async function list(context: CliContext, flags: DataFlags, name: string): Promise<void> {
  const { graph } = await openClients(context, flags);
  const application = applicationReference(name);
  const credentials = await listCredentials(graph, { application, signal: context.signal });
  await present(context, flags, { credentials: credentials.map(credentialView) }, () =>
    credentialRows(credentials),
  );
}
