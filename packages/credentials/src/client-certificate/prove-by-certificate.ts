import { AmlAuthError } from '@aml-auth/core';
import type { ApplicationProof } from '../lib/application-credential.js';

/** Where the certificate and its private key are, as PEM or PKCS #12 (PFX). */
export type CertificateSource =
  /**
   * The file: PEM with certificate and private key, or PFX. Read anew for every proof, so that it may be
   * renewed in place.
   */
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
  const given = givenSource(options);
  const use = { ...options };
  return {
    source: typeof given === 'string' ? given : Buffer.from(given).toString('base64'),
    async prove(tools, audience) {
      // PKCS #12 and signatures are much code, and need node:crypto: only who has a certificate loads them.
      const { certificateProof } = await import('./certificate-proof.js');
      return certificateProof(use, tools, audience);
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
