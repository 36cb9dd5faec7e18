import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

import type { KeyCredential, RsaPublicKey } from './directory-rows.js';

/** Shortest RSA key that counts, in bits (RFC 7518, section 3.3). */
const SHORTEST = 2048;

/** What a certificate says of itself. */
export type CertificateFacts = Omit<KeyCredential, 'keyId' | 'displayName'>;

/**
 * Reads the first certificate of a PEM text.
 *
 * @returns undefined where there is none, or its key is not RSA of 2,048 bits or more
 */
export function readCertificate(pem: string): CertificateFacts | undefined {
  try {
    const certificate = new X509Certificate(pem);
    const publicKey = rsaKeyOf(certificate.publicKey);
    if (publicKey === undefined) return undefined;
    return {
      thumbprint: certificate.fingerprint.replaceAll(':', ''),
      thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
      publicKey,
      startsAt: certificate.validFromDate.getTime(),
      endsAt: certificate.validToDate.getTime(),
    };
  } catch {
    return undefined;
  }
}

/**
 * Reads the RSA public key in a JSON Web Key.
 *
 * @returns undefined for another kind of key, a malformed one, or one below 2,048 bits
 */
export function readRsaJwk(jwk: Readonly<Record<string, unknown>>): RsaPublicKey | undefined {
  const { kty, n, e } = jwk;
  if (kty !== 'RSA' || typeof n !== 'string' || typeof e !== 'string') return undefined;
  try {
    return rsaKeyOf(createPublicKey({ key: { kty, n, e }, format: 'jwk' }));
  } catch {
    return undefined;
  }
}

function rsaKeyOf(key: KeyObject): RsaPublicKey | undefined {
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < SHORTEST) {
    return undefined;
  }
  const { n = '', e = '' } = key.export({ format: 'jwk' });
  return { kty: 'RSA', n, e };
}
