import { verifyBearer, type BearerProblem, type Caller } from '../entra/verify-bearer.js';
import { GRAPH } from '../entra/resources.js';
import { REVOKED_MESSAGE, revocationChallenge } from '../entra/revocation-challenge.js';
import type { Call } from '../http/call.js';
import { graphRefusal } from './graph-refusal.js';

/** Who calls Microsoft Graph. */
export interface GraphCaller extends Caller {
  /** `roles` of the token: the application permissions. */
  readonly permissions: ReadonlySet<string>;
  /** `scp` of the token: the delegated permissions of the client. */
  readonly scopes: ReadonlySet<string>;
  /** `wids` of the token: template ids of the user's directory roles. */
  readonly directoryRoles: ReadonlySet<string>;
}

const CODE = 'InvalidAuthenticationToken';

const PROBLEMS: Readonly<Record<BearerProblem, string>> = {
  missing: 'Access token is empty.',
  badHeader: 'Access token is empty.',
  malformed: 'IDX14100: JWT is not well formed.',
  badSignature: 'Access token validation failure. Invalid signature.',
  wrongAudience: 'Access token validation failure. Invalid audience.',
  expired: 'Lifetime validation failed, the token is expired.',
  notYetValid: 'Lifetime validation failed, the token is not yet valid.',
  incomplete: 'Access token validation failure.',
  revoked: REVOKED_MESSAGE,
};

/**
 * Checks the bearer token of a request to Microsoft Graph.
 *
 * @throws a refusal: 401 `InvalidAuthenticationToken`
 */
export async function authenticateGraph(call: Call): Promise<GraphCaller> {
  const bearer = await verifyBearer(call, 'graph');
  if ('caller' in bearer) {
    const { roles, scp, wids } = bearer.claims;
    const scopes = new Set(typeof scp === 'string' ? scp.split(' ') : []);
    return { ...bearer.caller, permissions: textsOf(roles), scopes, directoryRoles: textsOf(wids) };
  }
  const usual = `Bearer realm="", authorization_uri="${call.faces.login}/common/oauth2/authorize", client_id="${GRAPH.appId}"`;
  const authorization = bearer.problem === 'revoked' ? revocationChallenge(call, bearer.claims) : usual;
  throw graphRefusal(401, CODE, PROBLEMS[bearer.problem], { 'www-authenticate': authorization });
}

function textsOf(claim: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(claim) ? claim.map(String) : []);
}
