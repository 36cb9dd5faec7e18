import type { ProofAudience } from '../lib/application-credential.js';
import type { AcquireTools } from '../lib/create-credential.js';
import type { ClientProof } from '../lib/msal/acquire-by-application.js';
import { loadCertificate } from './load-certificate.js';
import type { CertificateSource, CertificateUse } from './prove-by-certificate.js';
import { readCertificateFile } from './read-certificate-file.js';
import { isPfx, readPfx } from './read-pfx.js';
import { signAssertion } from './sign-assertion.js';

/**
 * The certificate for msal-node to sign with, or an assertion that is signed already where the clock of the machine is off.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the certificate cannot be read or used
 */
export async function certificateProof(
  options: CertificateSource & CertificateUse,
  { clock, skewMs }: AcquireTools,
  { clientId, tokenEndpoint }: ProofAudience,
): Promise<ClientProof> {
  const { certificatePath: path, certificatePassword, sendCertificateChain = false } = options;
  const from = path ?? 'in the options';
  const bytes = path === undefined ? Buffer.from(options.certificate) : await readCertificateFile(path);
  const pfx = isPfx(bytes);
  const pem = pfx ? readPfx(bytes, from, certificatePassword) : textOf(bytes);
  // The password of a PFX file is used up; its key comes out open.
  const loaded = loadCertificate(pem, from, pfx ? undefined : certificatePassword, clock.now());
  if (skewMs() !== 0) {
    const now = clock.now() + skewMs();
    const subject = { clientId, audience: tokenEndpoint, now, sendChain: sendCertificateChain };
    return { clientAssertion: await signAssertion(loaded, subject) };
  }
  const { thumbprintSha256, privateKey, chain } = loaded;
  return {
    clientCertificate: { thumbprintSha256, privateKey, ...(sendCertificateChain ? { x5c: chain } : {}) },
  };
}

/** Windows tools write UTF-16 or a byte-order mark. */
function textOf(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
