import { decodeJwt, type JWTPayload } from 'jose';

/** The identity that an access token names. For people only: nothing here is verified. */
export interface TokenIdentity {
  readonly kind?: 'user' | 'servicePrincipal' | undefined;
  readonly name?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly audience?: string | undefined;
  readonly issuer?: string | undefined;
  /** ISO 8601, UTC. */
  readonly expiresOn?: string | undefined;
}

/** Reads an access token, v1 or v2. Access tokens are opaque by contract: one that is no JWT names nobody. */
export function identityOf(token: string): TokenIdentity {
  const claims = decode(token);
  if (claims === undefined) return {};
  const text = (name: string): string | undefined => {
    const value = claims[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    kind: kindOf(text('idtyp'), text('scp')),
    name: text('upn') ?? text('preferred_username') ?? text('name') ?? text('app_displayname'),
    tenantId: text('tid'),
    clientId: text('appid') ?? text('azp'),
    objectId: text('oid'),
    audience: text('aud'),
    issuer: text('iss'),
    expiresOn: claims.exp === undefined ? undefined : new Date(claims.exp * 1000).toISOString(),
  };
}

function kindOf(idtyp: string | undefined, scp: string | undefined): TokenIdentity['kind'] {
  if (idtyp === 'app') return 'servicePrincipal';
  return idtyp === 'user' || scp !== undefined ? 'user' : undefined;
}

function decode(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
