import { webcrypto } from 'node:crypto';

import { exportPKCS8 } from 'jose';

import { x509 } from './x509.js';

/** A self-signed certificate with an RSA key of 2,048 bits, and its private key. PEM. */
export interface RsaCertificate {
  readonly certificate: string;
  /** PKCS #8. */
  readonly privateKey: string;
}

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/**
 * A new {@link RsaCertificate}.
 *
 * @param startsAt - milliseconds since the epoch, as is `endsAt`
 */
export async function createRsaCertificate(
  commonName: string,
  startsAt: number,
  endsAt: number,
): Promise<RsaCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName] }],
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(startsAt),
    notAfter: new Date(endsAt),
  });
  return { certificate: certificate.toString('pem'), privateKey: await exportPKCS8(keys.privateKey) };
}
