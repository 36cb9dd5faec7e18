import 'reflect-metadata';
import { KeyObject, type webcrypto } from 'node:crypto';
import { BasicConstraintsExtension, X509CertificateGenerator, type X509Certificate } from '@peculiar/x509';

/** A certificate and its key, as PEM. */
export interface MadeCertificate {
  readonly certificate: string;
  readonly privateKey: string;
  /** The key encrypted with a password. */
  encryptedKey(password: string): string;
  /** What another certificate needs to be issued by this one. */
  readonly issuer: {
    readonly certificate: X509Certificate;
    readonly keys: { readonly privateKey: webcrypto.CryptoKey };
  };
}

/** How the certificate is made. */
export interface CertificateRequest {
  readonly name: string;
  readonly key?: 'rsa' | 'ec';
  readonly issuedBy?: MadeCertificate;
  /** Milliseconds since the epoch. Default: in a day. */
  readonly expires?: number;
}

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 86_400_000;

/** Makes a certificate, signed by itself or by another one. */
export async function makeCertificate(request: CertificateRequest): Promise<MadeCertificate> {
  const { name, key = 'rsa', issuedBy, expires = Date.now() + DAY } = request;
  const algorithm = key === 'rsa' ? RSA : EC;
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: issuedBy?.issuer.certificate.subject ?? `CN=${name}`,
    publicKey: keys.publicKey,
    signingKey: issuedBy?.issuer.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: issuedBy === undefined ? algorithm : RSA,
    notBefore: new Date(expires - 2 * DAY),
    notAfter: new Date(expires),
    extensions: [new BasicConstraintsExtension(true)],
  });
  const privateKey = KeyObject.from(keys.privateKey);
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    encryptedKey: (passphrase) =>
      privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString(),
    issuer: { certificate, keys },
  };
}
