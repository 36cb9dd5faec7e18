import { tokenClaims } from './token-claims.js';

/** What kind of identity a token is for. */
export type IdentityKind = 'user' | 'servicePrincipal' | 'managedIdentity';

/** Whose token it is, as its claims say. Ids in lower case. */
export interface ActualIdentity {
  /**
   * `user` where the claims `idtyp` or `scp` say so, `managedIdentity` where there is `xms_mirid`, else
   * `servicePrincipal`.
   */
  readonly kind: IdentityKind;
  /** The claim `tid`. */
  readonly tenantId?: string;
  /** The claim `appid` of tokens of version 1.0, or `azp` of version 2.0. */
  readonly clientId?: string;
  /**
   * The claim `oid`: the user's or the service principal's id in its tenant, and `principalId` of role
   * assignments.
   */
  readonly objectId?: string;
  /** As the token has it. */
  readonly audience?: string;
}

/**
 * Reads the identity from the claims of an access token
 * ([reference](https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference)).
 * Undefined where the token is no JWT.
 */
export function identityOfToken(token: string): ActualIdentity | undefined {
  const claims = tokenClaims(token);
  if (claims === undefined) return undefined;
  const text = (...names: readonly string[]): string | undefined => {
    const value = names.map((name) => claims[name]).find((one) => one !== undefined);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return withoutUndefined({
    kind: kindOf(claims),
    tenantId: text('tid')?.toLowerCase(),
    clientId: text('appid', 'azp')?.toLowerCase(),
    objectId: text('oid')?.toLowerCase(),
    audience: text('aud'),
  });
}

function kindOf(claims: Readonly<Record<string, unknown>>): IdentityKind {
  // `scp` are permissions that a person has handed on; `idtyp` is optional in tokens of version 2.0.
  if (claims['idtyp'] === 'user' || claims['scp'] !== undefined) return 'user';
  return claims['xms_mirid'] === undefined ? 'servicePrincipal' : 'managedIdentity';
}

function withoutUndefined(identity: {
  [K in keyof ActualIdentity]: ActualIdentity[K] | undefined;
}): ActualIdentity {
  return Object.fromEntries(
    Object.entries(identity).filter(([, value]) => value !== undefined),
  ) as unknown as ActualIdentity;
}
