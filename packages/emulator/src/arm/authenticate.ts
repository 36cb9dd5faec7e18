import { compactVerify, type CompactVerifyResult } from 'jose';

import type { Call } from '../http/call.js';
import { armAudiences, findResource } from '../entra/resources.js';
import { armRefusal } from './arm-refusal.js';

/** Who calls Azure Resource Manager. */
export interface Caller {
  readonly tenantId: string;
  readonly objectId: string;
  /** Client id of an application, or user principal name: what refusals call the caller. */
  readonly name: string;
  /** `iss` of the token. */
  readonly issuer: string;
  readonly kind: 'User' | 'Application';
}

/**
 * Checks the bearer token: present, well-formed, signed by this emulator, meant for Azure Resource
 * Manager, and valid on the emulator's clock.
 *
 * @param tenantId - the tenant that `WWW-Authenticate` leads to
 * @throws a refusal with status 401
 */
export async function authenticate(call: Call, tenantId: string): Promise<Caller> {
  const unauthorized = (code: string, message: string): Error =>
    armRefusal(401, code, message, { 'www-authenticate': challenge(call, tenantId, message) });

  const header = call.headers.get('authorization');
  if (header === null) {
    throw unauthorized(
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
    );
  }
  const token = /^bearer\s+(\S+)$/i.exec(header.trim())?.[1];
  if (token === undefined) {
    throw unauthorized(
      'AuthenticationFailedInvalidHeader',
      "Authentication failed. The 'Authorization' header is provided in an invalid format.",
    );
  }
  const claims = await verifiedClaims(call, token);
  if (claims === 'malformed') {
    throw unauthorized('InvalidAuthenticationToken', 'The access token is invalid.');
  }
  if (claims === 'badSignature') {
    throw unauthorized('InvalidAuthenticationToken', 'The access token signature is invalid.');
  }
  const { aud, exp, nbf, tid, oid, iss } = claims;
  if (typeof aud !== 'string' || findResource(call.world.hosts, aud)?.name !== 'arm') {
    const allowed = armAudiences(call.world.hosts)
      .map((audience) => `'${audience}'`)
      .join(',');
    throw unauthorized(
      'InvalidAuthenticationTokenAudience',
      `The access token has been obtained for wrong audience or resource '${printable(aud)}'. It should exactly match with one of the allowed audiences ${allowed}.`,
    );
  }
  const now = call.world.clock.now();
  if (typeof exp !== 'number' || exp * 1000 <= now) {
    throw unauthorized(
      'ExpiredAuthenticationToken',
      `The access token expiry UTC time '${utc(exp)}' is earlier than current UTC time '${utc(now / 1000)}'.`,
    );
  }
  if (typeof nbf === 'number' && nbf * 1000 > now) {
    throw unauthorized('InvalidAuthenticationToken', 'The access token is not yet valid.');
  }
  if (typeof tid !== 'string' || typeof oid !== 'string' || typeof iss !== 'string') {
    throw unauthorized('InvalidAuthenticationToken', 'The access token lacks the claims iss, tid and oid.');
  }
  const upn = claims['upn'];
  const name = typeof upn === 'string' ? upn : printable(claims['appid']);
  return {
    tenantId: tid,
    objectId: oid,
    name,
    issuer: iss,
    kind: typeof upn === 'string' ? 'User' : 'Application',
  };
}

/** `WWW-Authenticate` of a 401 (RFC 6750, section 3). */
function challenge(call: Call, tenantId: string, description: string): string {
  const text = description.replaceAll('"', "'");
  return `Bearer authorization_uri="${call.origin}/${tenantId}", error="invalid_token", error_description="${text}"`;
}

type Claims = Readonly<Record<string, unknown>>;

async function verifiedClaims(call: Call, token: string): Promise<Claims | 'malformed' | 'badSignature'> {
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

function printable(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200) : '';
}

function utc(seconds: unknown): string {
  const date = new Date(typeof seconds === 'number' ? seconds * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
