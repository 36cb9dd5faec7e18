import { tokensCountFrom } from '../core/revocations.js';
import type { Call } from '../http/call.js';
import type { Claims } from './verify-bearer.js';

/** What services say of a token from before a revocation. */
export const REVOKED_MESSAGE =
  'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp';

/**
 * `WWW-Authenticate` for a token from before a revocation: the client is to ask for another one with
 * these claims added to its own (Microsoft, "Claims challenges, claims requests and client capabilities").
 */
export function revocationChallenge(call: Call, { oid }: Claims): string {
  const notBefore = tokensCountFrom(call.world.store, oid);
  const claims = {
    access_token: {
      nbf: { essential: true, value: String(notBefore) },
      xms_caeerror: { value: '10012' },
    },
  };
  return claimsChallenge(call, JSON.stringify(claims));
}

/** `WWW-Authenticate` that asks for a token with more claims (JSON). */
export function claimsChallenge(call: Call, claims: string): string {
  const encoded = Buffer.from(claims).toString('base64');
  return `Bearer realm="", authorization_uri="${call.faces.login}/common/oauth2/authorize", error="insufficient_claims", claims="${encoded}"`;
}
