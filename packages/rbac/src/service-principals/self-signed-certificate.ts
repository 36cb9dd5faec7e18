import { webcrypto } from 'node:crypto';

import { createSecret, type Secret } from '@aml-auth/rest';

/** A certificate and its private key. */
export interface CertificatePair {
  /** PEM. */
  readonly certificate: string;
  /** PEM (PKCS #8). */
  readonly privateKey: Secret;
}

/** Of Microsoft Entra ID's key sizes the one that all its clients take. */
const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/**
 * A new self-signed certificate with an RSA key of 2,048 bits. The library for it is loaded by the first call.
 *
 * @param startsAt - milliseconds since the epoch, as is `endsAt`
 */
export async function selfSignedCertificate(
  commonName: string,
  startsAt: number,
  endsAt: number,
): Promise<CertificatePair> {
  // @peculiar/x509 needs this metadata API to be there first.
  await import('reflect-metadata');
  const { X509CertificateGenerator, PemConverter } = await import('@peculiar/x509');
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName] }],
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(startsAt),
    notAfter: new Date(endsAt),
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: certificate.toString('pem'),
    privateKey: createSecret(PemConverter.encode(privateKey, 'PRIVATE KEY')),
  };
}
