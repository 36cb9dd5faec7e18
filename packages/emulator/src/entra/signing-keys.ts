import { createHash, webcrypto } from 'node:crypto';

import { exportJWK, exportPKCS8, importPKCS8, type CryptoKey as JoseKey, type JWK } from 'jose';

import { x509 } from '../tls/x509.js';

/** The key that signs access tokens, and its public half as Microsoft Entra ID publishes it. */
export interface SigningKey {
  /** `kid`: the SHA-1 thumbprint of the certificate in base64url. */
  readonly id: string;
  readonly privateKey: JoseKey;
  readonly publicKey: JoseKey;
  /** `kty, use, kid, x5t, n, e, x5c`. */
  readonly publicJwk: JWK;
}

/** Gives the signing key, made on first use: an RSA key takes longer than the rest of the start. */
export type SigningKeys = () => Promise<SigningKey>;

/** A key in the form in which it is kept on disk. */
export interface StoredSigningKey {
  /** PEM of the private key. */
  readonly privateKey: string;
  /** PEM of its certificate. */
  readonly certificate: string;
}

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

const TEN_YEARS_MS = 10 * 365 * 24 * 60 * 60 * 1000;

/** A new RSA key with the self-signed certificate that `x5c` and `x5t` need. */
export async function createSigningKey(): Promise<StoredSigningKey> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=accounts.accesscontrol.windows.net (aml-auth emulator)',
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + TEN_YEARS_MS),
  });
  return { privateKey: await exportPKCS8(keys.privateKey), certificate: certificate.toString('pem') };
}

/** Reads what {@link createSigningKey} made. */
export async function readSigningKey(stored: StoredSigningKey): Promise<SigningKey> {
  const certificate = new x509.X509Certificate(stored.certificate);
  const privateKey = await importPKCS8(stored.privateKey, 'RS256');
  const { rawData } = certificate.publicKey;
  const publicKey = await webcrypto.subtle.importKey('spki', rawData, ALGORITHM, true, ['verify']);
  const der = Buffer.from(certificate.rawData);
  const id = createHash('sha1').update(der).digest('base64url');
  const { n = '', e = '' } = await exportJWK(publicKey);
  const publicJwk = { kty: 'RSA', use: 'sig', kid: id, x5t: id, n, e, x5c: [der.toString('base64')] };
  return { id, privateKey, publicKey, publicJwk };
}
