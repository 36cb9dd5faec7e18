import { randomUUID } from 'node:crypto';

import { systemClock, type Clock } from '@aml-auth/core';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

import type { SeedKeySet } from './seed/emulator-seed.js';
import { EXCHANGE_AUDIENCE } from './seed/exchange-audience.js';

/** Options of {@link createExternalIssuer}. */
export interface ExternalIssuerOptions {
  /** `iss` of its tokens, such as `https://token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** What its tokens count time by: the clock of the emulator. Default: the machine's clock. */
  readonly clock?: Clock | undefined;
}

/** An identity provider other than Microsoft Entra ID, for tests of workload identity federation. */
export interface ExternalIssuer {
  /** `iss` of its tokens. */
  readonly issuer: string;
  /** Its public keys: `issuers: [{ issuer, keys: jwks }]` of a seed. */
  readonly jwks: SeedKeySet;
  /**
   * A token with these claims, such as `{ sub: 'repo:o/r:ref:refs/heads/main' }`. Unless they are
   * given, `iss` is the issuer, `aud` is `api://AzureADTokenExchange`, `iat` and `nbf` are now, `exp` is
   * five minutes later, and `jti` is new; times are seconds since the epoch.
   */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Seconds that its tokens last: as long as those of GitHub Actions. */
const LIFETIME = 300;

/** A new RSA key and an issuer that signs RS256 with it. Nothing listens anywhere. */
export async function createExternalIssuer(options: ExternalIssuerOptions): Promise<ExternalIssuer> {
  const { issuer, clock = systemClock } = options;
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const kid = randomUUID();
  return {
    issuer,
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' }] },
    sign(claims) {
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT({
        iss: issuer,
        aud: EXCHANGE_AUDIENCE,
        iat: now,
        nbf: now,
        exp: now + LIFETIME,
        jti: randomUUID(),
        ...claims,
      })
        .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid })
        .sign(privateKey);
    },
  };
}
