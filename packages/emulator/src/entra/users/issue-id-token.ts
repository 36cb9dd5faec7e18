import { SignJWT } from 'jose';

import type { Tenant, User } from '../../core/directory-rows.js';
import { randomText } from '../../core/random.js';
import type { Call } from '../../http/call.js';
import type { EndpointVersion } from '../discovery.js';
import { DEFAULT_LIFETIME } from '../sign-access-token.js';
import { nameClaims, pairwiseSubject } from './issue-user-token.js';

/** What an ID token is made from. */
export interface IdTokenRequest {
  readonly version: EndpointVersion;
  readonly tenant: Tenant;
  readonly user: User;
  readonly clientId: string;
  readonly amr: readonly string[];
  readonly nonce: string | null;
}

/** An ID token (OpenID Connect Core, section 2). Its version is that of the endpoint. */
export async function issueIdToken(call: Call, request: IdTokenRequest): Promise<string> {
  const { world, faces } = call;
  const { version, tenant, user, clientId, amr, nonce } = request;
  const now = Math.floor(world.clock.now() / 1000);
  const key = await world.keys();
  const claims =
    version === 'v2'
      ? {
          iss: `${faces.issuer}/${tenant.id}/v2.0`,
          name: user.displayName,
          preferred_username: user.userPrincipalName,
          ver: '2.0',
        }
      : { iss: `https://sts.windows.net/${tenant.id}/`, amr, ...nameClaims(user), ver: '1.0' };
  return new SignJWT({
    aud: clientId,
    iat: now,
    nbf: now,
    exp: now + DEFAULT_LIFETIME,
    ...(nonce === null ? {} : { nonce }),
    oid: user.id,
    rh: `1.${randomText(world.random, 30)}.`,
    sub: pairwiseSubject(user, clientId),
    tid: tenant.id,
    uti: randomText(world.random, 16),
    ...claims,
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.id })
    .sign(key.privateKey);
}
