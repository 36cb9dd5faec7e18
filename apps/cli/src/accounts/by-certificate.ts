import type { Cloud, Credential } from '@aml-auth/core';
import { fromClientCertificate } from '@aml-auth/credentials';
import type { CliContext } from '../context.js';
import { readTextFile } from '../files/read-text-file.js';
import type { AccountSource } from './account.js';

/** The service principal that the certificate is of. */
export interface CertificateOwner {
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly clientId: string;
}

/**
 * Signs in with the certificate of an account. The password of its key stands in a file, else in
 * `AZURE_CLIENT_CERTIFICATE_PASSWORD`; it is read anew each time and kept nowhere.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the file with the password cannot be read
 */
export async function byCertificate(
  context: CliContext,
  owner: CertificateOwner,
  { certificateFile = '', passwordFile }: AccountSource,
): Promise<Credential> {
  const certificatePassword = await passwordOf(context, passwordFile);
  return fromClientCertificate({ ...owner, certificatePath: certificateFile, certificatePassword });
}

/** An empty variable is the same as none. */
async function passwordOf(context: CliContext, file: string | undefined): Promise<string | undefined> {
  const { AZURE_CLIENT_CERTIFICATE_PASSWORD: variable } = context.process.env;
  if (file === undefined) return variable === '' ? undefined : variable;
  return withoutLineEnd(await readTextFile(context, file, 'Check --certificate-password-file.'));
}

/** What editors and `echo` leave behind a password. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
