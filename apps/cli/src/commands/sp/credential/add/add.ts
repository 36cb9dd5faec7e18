import { addCredential } from '@aml-auth/rbac';
import type { CliContext } from '../../../../context.js';
import { withSecretFile } from '../../../../files/secret-file.js';
import { openClients } from '../../../../settings/open-clients.js';
import { applicationReference } from '../../application-reference.js';
import { credentialRequest } from '../../credential-request.js';
import { readCertificate } from '../../read-certificate.js';
import { tellCredential } from '../../tell-credential.js';
import type { CredentialAddFlags } from './command.js';

/** Runs `aml-auth sp credential add`. */
export async function add(context: CliContext, flags: CredentialAddFlags, name: string): Promise<void> {
  const credential = credentialRequest(flags, await readCertificate(context, flags));
  const { graph } = await openClients(context, flags);
  const application = applicationReference(name);
  await withSecretFile(context.cwd, flags.credentialFile, async (file) => {
    const added = await addCredential(graph, { application, credential, signal: context.signal });
    await tellCredential(context, flags, added, file);
  });
}
