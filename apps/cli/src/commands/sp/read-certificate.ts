import { readTextFile } from '../../files/read-text-file.js';
import type { CliContext } from '../../context.js';
import type { KeyFlags } from './credential-flags.js';

/**
 * The certificate in the file of `--certificate`, without a private key that may stand beside it.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the file cannot be read
 */
export async function readCertificate(
  context: CliContext,
  { certificate }: KeyFlags,
): Promise<string | undefined> {
  if (certificate === undefined) return undefined;
  const text = await readTextFile(context, certificate, 'Give a PEM file with a certificate.');
  return /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(text)?.[0] ?? text;
}
