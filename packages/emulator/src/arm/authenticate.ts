import { armAudiences } from '../entra/resources.js';
import { REVOKED_MESSAGE, revocationChallenge } from '../entra/revocation-challenge.js';
import {
  printableClaim,
  verifyBearer,
  type BearerProblem,
  type Caller,
  type Claims,
} from '../entra/verify-bearer.js';
import type { Call } from '../http/call.js';
import { armRefusal } from './arm-refusal.js';

/**
 * Checks the bearer token of a request to Azure Resource Manager.
 *
 * @param tenantId - the tenant that `WWW-Authenticate` leads to
 * @throws a refusal with status 401
 */
export async function authenticate(call: Call, tenantId: string): Promise<Caller> {
  const bearer = await verifyBearer(call, 'arm');
  if ('caller' in bearer) return bearer.caller;
  const [code, message] = describe(call, bearer.problem, bearer.claims);
  const isRevoked = bearer.problem === 'revoked';
  const wanted = isRevoked ? revocationChallenge(call, bearer.claims) : challenge(call, tenantId, message);
  throw armRefusal(401, code, message, { 'www-authenticate': wanted });
}

type Description = readonly [code: string, message: string];

/** The problems whose texts need nothing of the request. */
const PROBLEMS: Readonly<Record<Exclude<BearerProblem, 'wrongAudience' | 'expired'>, Description>> = {
  missing: ['AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing."],
  badHeader: [
    'AuthenticationFailedInvalidHeader',
    "Authentication failed. The 'Authorization' header is provided in an invalid format.",
  ],
  malformed: ['InvalidAuthenticationToken', 'The access token is invalid.'],
  badSignature: ['InvalidAuthenticationToken', 'The access token signature is invalid.'],
  notYetValid: ['InvalidAuthenticationToken', 'The access token is not yet valid.'],
  incomplete: ['InvalidAuthenticationToken', 'The access token lacks the claims iss, tid and oid.'],
  revoked: ['InvalidAuthenticationToken', REVOKED_MESSAGE],
};

function describe(call: Call, problem: BearerProblem, { aud, exp }: Claims): Description {
  if (problem === 'wrongAudience') {
    const allowed = armAudiences(call.world.hosts)
      .map((audience) => `'${audience}'`)
      .join(',');
    return [
      'InvalidAuthenticationTokenAudience',
      `The access token has been obtained for wrong audience or resource '${printableClaim(aud)}'. It should exactly match with one of the allowed audiences ${allowed}.`,
    ];
  }
  if (problem === 'expired') {
    const now = utc(call.world.clock.now() / 1000);
    return [
      'ExpiredAuthenticationToken',
      `The access token expiry UTC time '${utc(exp)}' is earlier than current UTC time '${now}'.`,
    ];
  }
  return PROBLEMS[problem];
}

/** `WWW-Authenticate` of a 401 (RFC 6750, section 3). */
function challenge(call: Call, tenantId: string, description: string): string {
  const text = description.replaceAll('"', "'");
  return `Bearer authorization_uri="${call.faces.login}/${tenantId}", error="invalid_token", error_description="${text}"`;
}

function utc(seconds: unknown): string {
  const date = new Date(typeof seconds === 'number' ? seconds * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
