import { AmlAuthError } from '@aml-auth/core';
import type { ApplicationProof } from '../lib/application-credential.js';
import { loadCertificate } from './load-certificate.js';
import { readCertificateFile } from './read-certificate-file.js';
import { isPfx, readPfx } from './read-pfx.js';
import { signAssertion } from './sign-assertion.js';

/** Where the certificate and its private key are, as PEM or PKCS #12 (PFX). */
export type CertificateSource =
  | { readonly certificatePath: string; readonly certificate?: undefined }
  | {
      /** PEM text, or the bytes of a PEM or PFX file. */
      readonly certificate: string | Uint8Array;
      readonly certificatePath?: undefined;
    };

/** How the certificate is used. */
export interface CertificateUse {
  /** For an encrypted private key, or a PFX file. */
  readonly certificatePassword?: string | undefined;
  /** Sends the certificate and its chain along, for applications that trust by subject name and issuer. Default `false`. */
  readonly sendCertificateChain?: boolean | undefined;
}

/**
 * The proof by a certificate. A file is read anew for every proof.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where not exactly one source is given
 */
export function proveByCertificate(options: CertificateSource & CertificateUse): ApplicationProof {
  const { certificatePath: path, certificatePassword, sendCertificateChain = false } = options;
  const given = givenSource(options);
  return {
    source: typeof given === 'string' ? given : Buffer.from(given).toString('base64'),
    async prove({ clock, skewMs }, { clientId, tokenEndpoint }) {
      const from = path ?? 'in the options';
      const bytes = path === undefined ? Buffer.from(given) : await readCertificateFile(path);
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
    },
  };
}

/** The path, the text or the bytes; callers without types can give several, or none. */
function givenSource({
  certificatePath,
  certificate,
}: {
  certificatePath?: unknown;
  certificate?: unknown;
}): string | Uint8Array {
  const given = [certificatePath, certificate].filter((value) => value !== undefined);
  const [source] = given;
  const isUsable =
    (typeof source === 'string' && source !== '') ||
    (source instanceof Uint8Array && source === certificate && source.length > 0);
  if (given.length === 1 && isUsable) return source;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'Either certificatePath or certificate must be given, and not both.',
    remedy: 'Give certificatePath for a file, or certificate for PEM text or the bytes of a PFX file.',
  });
}

/** Windows tools write UTF-16 or a byte-order mark. */
function textOf(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
