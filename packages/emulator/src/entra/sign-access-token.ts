import { SignJWT } from 'jose';

import type { Application, Tenant } from '../core/directory-rows.js';
import { randomText } from '../core/random.js';
import { tokensCountFrom } from '../core/revocations.js';
import type { Call } from '../http/call.js';
import { apiOfVersion2, claimsOfVersion2 } from './api-token.js';
import { graphRoles } from './graph-roles.js';

/** An access token and its times, in seconds: since the epoch, or from now for `expiresIn`. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly expiresOn: number;
  readonly notBefore: number;
}

/** What an access token is made from. */
export interface AccessTokenRequest {
  readonly tenant: Tenant;
  /** The resource, spelled as it was asked for. */
  readonly audience: string;
  /** Seconds. */
  readonly lifetime: number;
  /** Who it speaks of; the rest is the same in every token. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Seconds that an access token lasts by default. */
export const DEFAULT_LIFETIME = 3600;
/** Seconds by which tokens start in the past, against clocks that run late. */
export const EARLY = 300;

/** Signs an access token, of the version that the resource wants: all but some applications of a tenant want 1.0. */
export async function signAccessToken(call: Call, request: AccessTokenRequest): Promise<IssuedToken> {
  const { world } = call;
  const { tenant, audience, lifetime, claims } = request;
  const now = Math.floor(world.clock.now() / 1000);
  // What is issued after a revocation counts.
  const notBefore = Math.max(now - EARLY, tokensCountFrom(world.store, claims['oid']));
  const key = await world.keys();
  const api = apiOfVersion2(call, tenant, audience);
  const accessToken = await new SignJWT({
    iat: notBefore,
    nbf: notBefore,
    exp: now + lifetime,
    aio: randomText(world.random, 30),
    rh: `1.${randomText(world.random, 30)}.`,
    tid: tenant.id,
    uti: randomText(world.random, 16),
    ...(api === undefined ? version1(call, request) : version2(call, request, api)),
  })
    .setProtectedHeader({
      typ: 'JWT',
      alg: 'RS256',
      ...(api === undefined ? { x5t: key.id } : {}),
      kid: key.id,
    })
    .sign(key.privateKey);
  return { accessToken, expiresIn: lifetime - 1, expiresOn: now + lifetime, notBefore };
}

type Claims = Readonly<Record<string, unknown>>;

function version1(call: Call, { tenant, audience, claims }: AccessTokenRequest): Claims {
  const issuer = `https://sts.windows.net/${tenant.id}/`;
  const roles = graphRoles(call, audience, claims['oid']);
  return { aud: audience, iss: issuer, idp: issuer, ver: '1.0', ...roles, ...claims };
}

function version2(call: Call, { tenant, claims }: AccessTokenRequest, api: Application): Claims {
  return {
    aud: api.clientId,
    iss: `${call.faces.issuer}/${tenant.id}/v2.0`,
    ver: '2.0',
    xms_ftd: randomText(call.world.random, 24),
    ...claimsOfVersion2(claims),
  };
}
