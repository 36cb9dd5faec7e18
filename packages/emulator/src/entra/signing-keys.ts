import { createHash, webcrypto } from 'node:crypto';

import { exportJWK, importPKCS8, type CryptoKey as JoseKey, type JWK } from 'jose';

import { createRsaCertificate, type RsaCertificate } from '../tls/create-rsa-certificate.js';
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
export type StoredSigningKey = RsaCertificate;

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

const TEN_YEARS_MS = 10 * 365 * 24 * 60 * 60 * 1000;

/** A new RSA key with the self-signed certificate that `x5c` and `x5t` need. */
export function createSigningKey(): Promise<StoredSigningKey> {
  const now = Date.now();
  return createRsaCertificate(
    'accounts.accesscontrol.windows.net (aml-auth emulator)',
    now - 60_000,
    now + TEN_YEARS_MS,
  );
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
