import { compactVerify, type CompactVerifyResult } from 'jose';

import { tokensCountFrom } from '../core/revocations.js';
import type { Call } from '../http/call.js';
import { findResource, type TokenResource } from './resources.js';

/** Who calls a service of the cloud. */
export interface Caller {
  readonly tenantId: string;
  readonly objectId: string;
  /** Client id of an application, or user principal name: what refusals call the caller. */
  readonly name: string;
  /** `iss` of the token. */
  readonly issuer: string;
  readonly kind: 'User' | 'Application';
  /** Authentication contexts that the sign-in satisfied (`acrs`). */
  readonly contexts: readonly string[];
  /** Whether the client can handle claims challenges (`cp1`). */
  readonly takesChallenges: boolean;
}

/** The claims of a token whose signature is right. */
export type Claims = Readonly<Record<string, unknown>>;

/** Why a request is not taken for that of a caller. */
export type BearerProblem =
  | 'missing'
  | 'badHeader'
  | 'malformed'
  | 'badSignature'
  | 'wrongAudience'
  | 'expired'
  | 'notYetValid'
  | 'incomplete'
  | 'revoked';

/** How far the clocks of issuer and service may lie apart. */
const CLOCK_SKEW_MS = 300_000;

/** What a bearer token says, or what is wrong with it. Without a verified token there are no claims. */
export type VerifiedBearer =
  | { readonly caller: Caller; readonly claims: Claims }
  | { readonly problem: BearerProblem; readonly claims: Claims };

/**
 * Checks the bearer token of a request (RFC 6750, section 2.1): present, well-formed, signed by this
 * emulator, meant for the service, and valid on the emulator's clock. Tokens of clients that declared the
 * capability `cp1` are held against revocations too (Continuous Access Evaluation); others last until `exp`.
 */
export async function verifyBearer(call: Call, service: TokenResource['name']): Promise<VerifiedBearer> {
  const header = call.headers.get('authorization');
  if (header === null) return { problem: 'missing', claims: {} };
  const token = /^bearer\s+(\S+)$/i.exec(header.trim())?.[1];
  if (token === undefined) return { problem: 'badHeader', claims: {} };
  const claims = await verifiedClaims(call, token);
  if (typeof claims === 'string') return { problem: claims, claims: {} };

  const { aud, exp, nbf, tid, oid, iss } = claims;
  const now = call.world.clock.now();
  if (typeof aud !== 'string' || findResource(call.world.hosts, aud)?.name !== service) {
    return { problem: 'wrongAudience', claims };
  }
  if (typeof exp !== 'number' || exp * 1000 <= now) return { problem: 'expired', claims };
  if (typeof nbf === 'number' && nbf * 1000 > now + CLOCK_SKEW_MS) return { problem: 'notYetValid', claims };
  if (typeof tid !== 'string' || typeof oid !== 'string' || typeof iss !== 'string') {
    return { problem: 'incomplete', claims };
  }
  if (isRevoked(call, claims)) return { problem: 'revoked', claims };
  const upn = claims['upn'];
  const isUser = typeof upn === 'string';
  const name = isUser ? upn : printableClaim(claims['appid']);
  const kind = isUser ? 'User' : 'Application';
  const { acrs } = claims;
  const contexts = Array.isArray(acrs) ? acrs.map(String) : [];
  const takesChallenges = declaresCp1(claims);
  return {
    caller: { tenantId: tid, objectId: oid, name, issuer: iss, kind, contexts, takesChallenges },
    claims,
  };
}

function isRevoked({ world }: Call, claims: Claims): boolean {
  const { nbf, oid } = claims;
  return declaresCp1(claims) && typeof nbf === 'number' && nbf < tokensCountFrom(world.store, oid);
}

function declaresCp1({ xms_cc: capabilities }: Claims): boolean {
  return Array.isArray(capabilities) && capabilities.some((value) => String(value).toLowerCase() === 'cp1');
}

/** A claim as it may stand in an error message. */
export function printableClaim(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200) : '';
}

/** The claims of a token that this emulator signed, or what is wrong with it. */
export async function verifiedClaims(
  call: Call,
  token: string,
): Promise<Claims | 'malformed' | 'badSignature'> {
  const { publicKey } = await call.world.keys();
  let verified: CompactVerifyResult;
  try {
    verified = await compactVerify(token, publicKey, { algorithms: ['RS256'] });
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'
      ? 'badSignature'
      : 'malformed';
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(verified.payload).toString());
    return typeof claims === 'object' && claims !== null ? (claims as Claims) : 'malformed';
  } catch {
    return 'malformed';
  }
}
