import { SignJWT } from 'jose';

import type { WorkspaceResource } from '../core/workspace-resource-rows.js';
import { verifiedClaims, type Caller } from '../entra/verify-bearer.js';
import type { Call } from '../http/call.js';

/** A token that opens one endpoint. Times in seconds since the epoch. */
export interface EndpointToken {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshAt: number;
}

const ISSUER = 'azureml';
const LIFETIME = 3600;
const REFRESH_AFTER = 2700;

/** A token of Azure Machine Learning for one endpoint, made for a caller. */
export async function issueEndpointToken(
  { world }: Call,
  endpoint: WorkspaceResource,
  caller: Caller,
): Promise<EndpointToken> {
  const now = Math.floor(world.clock.now() / 1000);
  const key = await world.keys();
  const accessToken = await new SignJWT({
    iss: ISSUER,
    aud: audienceOf(endpoint),
    tid: caller.tenantId,
    oid: caller.objectId,
    nbf: now,
    exp: now + LIFETIME,
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.id })
    .sign(key.privateKey);
  return { accessToken, expiresAt: now + LIFETIME, refreshAt: now + REFRESH_AFTER };
}

/** Whether it is a token for the endpoint that has not expired on the emulator's clock. */
export async function opensEndpoint(
  call: Call,
  endpoint: WorkspaceResource,
  token: string,
): Promise<boolean> {
  const claims = await verifiedClaims(call, token);
  if (typeof claims === 'string') return false;
  const { iss, aud, exp } = claims;
  const isFor = iss === ISSUER && aud === audienceOf(endpoint);
  return isFor && typeof exp === 'number' && exp * 1000 > call.world.clock.now();
}

function audienceOf({ id }: WorkspaceResource): string {
  return id.toLowerCase();
}
