import { createPrivateKey, randomUUID } from 'node:crypto';
import type { LoadedCertificate } from './load-certificate.js';

/** Who signs, for whom, and when. */
export interface AssertionSubject {
  readonly clientId: string;
  /** The token endpoint. */
  readonly audience: string;
  /** Milliseconds since the epoch, on the clock of the token endpoint. */
  readonly now: number;
  /** Sends the certificate and its chain along. */
  readonly sendChain: boolean;
}

const LIFETIME_S = 600;

/**
 * A signed assertion as msal-node makes it, except that its times may be those of another clock: on a
 * machine whose clock is off, Microsoft Entra ID refuses what msal-node signs (AADSTS700024).
 * [Format](https://learn.microsoft.com/entra/identity-platform/certificate-credentials).
 */
export async function signAssertion(
  { thumbprintSha256, privateKey, chain }: LoadedCertificate,
  { clientId, audience, now, sendChain }: AssertionSubject,
): Promise<string> {
  const { SignJWT } = await import('jose');
  const seconds = Math.floor(now / 1000);
  const x5c = [...chain.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(
    ([, body = '']) => body.replace(/\s/g, ''),
  );
  return new SignJWT({})
    .setProtectedHeader({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': Buffer.from(thumbprintSha256, 'hex').toString('base64url'),
      ...(sendChain ? { x5c } : {}),
    })
    .setAudience(audience)
    .setIssuer(clientId)
    .setSubject(clientId)
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + LIFETIME_S)
    .setJti(randomUUID())
    .sign(createPrivateKey(privateKey));
}
