import { createHash } from 'node:crypto';

import type { Tenant, User } from '../../core/directory-rows.js';
import { membershipsOf } from '../../core/memberships.js';
import type { Call } from '../../http/call.js';
import { addressOf } from '../address-of.js';
import { capabilityClaims } from '../client-capabilities.js';
import { DEFAULT_LIFETIME, signAccessToken, type IssuedToken } from '../sign-access-token.js';

/** What a user's access token is made from. */
export interface UserTokenRequest {
  readonly tenant: Tenant;
  readonly user: User;
  readonly clientId: string;
  /** `appidacr`: `0` for a public client, `1` for a secret, `2` for an assertion. */
  readonly proof: '0' | '1' | '2';
  /** The resource, spelled as it was asked for. */
  readonly audience: string;
  /** Names of permissions. */
  readonly scopes: readonly string[];
  /** How the user signed in (RFC 8176). */
  readonly amr: readonly string[];
  /** Authentication contexts that are satisfied; default none. */
  readonly contexts?: readonly string[];
  /** Whether the client can handle claims challenges. */
  readonly cae: boolean;
  /** Seconds; default 3,600. */
  readonly lifetime?: number | undefined;
}

/** Above this many groups a token says where to ask instead. */
const MOST_GROUPS = 200;
/** What `wids` has for every member of a directory, besides directory roles. */
const MEMBER = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

/** An access token that speaks of a user, of version 1.0. */
export async function issueUserToken(call: Call, request: UserTokenRequest): Promise<IssuedToken> {
  const { tenant, user, clientId, contexts = [] } = request;
  return signAccessToken(call, {
    tenant,
    audience: request.audience,
    lifetime: request.lifetime ?? DEFAULT_LIFETIME,
    claims: {
      acr: '1',
      ...(contexts.length === 0 ? {} : { acrs: contexts }),
      amr: request.amr,
      appid: clientId,
      appidacr: request.proof,
      idtyp: 'user',
      ipaddr: addressOf(call),
      puid: puidOf(user),
      scp: request.scopes.join(' '),
      ...nameClaims(user),
      ...groupClaims(call, tenant, user),
      oid: user.id,
      sub: pairwiseSubject(user, clientId),
      wids: [...(user.directoryRoles ?? []), MEMBER],
      ...capabilityClaims(request.cae),
    },
  });
}

/** The claims of v1 tokens that name a person. */
export function nameClaims(user: User): Record<string, unknown> {
  const [given, ...rest] = user.displayName.split(' ');
  return {
    name: user.displayName,
    ...(given === undefined || rest.length === 0 ? {} : { given_name: given, family_name: rest.join(' ') }),
    unique_name: user.userPrincipalName,
    upn: user.userPrincipalName,
  };
}

/** `sub` of a user's tokens: another one for every application, so that they cannot be linked. */
export function pairwiseSubject(user: User, clientId: string): string {
  return createHash('sha256').update(`${user.id} ${clientId}`).digest('base64url');
}

function puidOf(user: User): string {
  return `10032${user.id.replaceAll('-', '').slice(0, 11).toUpperCase()}`;
}

function groupClaims(call: Call, tenant: Tenant, user: User): Record<string, unknown> {
  const groups = [...membershipsOf(call.world.store, tenant.id).groupsOf(user.id)].sort();
  if (groups.length === 0) return {};
  if (groups.length <= MOST_GROUPS) return { groups };
  const endpoint = `${call.faces.graph}/v1.0/users/${user.id}/getMemberObjects`;
  return { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint } } };
}
