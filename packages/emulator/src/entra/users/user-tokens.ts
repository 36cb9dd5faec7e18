import type { RefreshTokenFamily, SignInGrant } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { checkUserAccess } from '../conditional-access/check-access.js';
import { satisfiedContexts } from '../conditional-access/satisfied-contexts.js';
import { entraRefusal } from '../entra-refusal.js';
import { declaresCae } from '../client-capabilities.js';
import { requestedContexts } from '../requested-contexts.js';
import type { TokenForm } from '../token-form.js';
import { tokenTimes } from '../token-times.js';
import type { ProvenClient } from './authenticate-sign-in-client.js';
import { checkAssignment } from './check-assignment.js';
import { clientInfo } from './client-info.js';
import { grantedScopes } from './granted-scopes.js';
import { issueIdToken } from './issue-id-token.js';
import { issueUserToken } from './issue-user-token.js';
import { readScope, scopeOf, type ScopeTarget } from './read-scope.js';
import { issueRefreshToken, startFamily } from './refresh-tokens.js';

/** What a token response for a user follows from. */
export interface UserTokensRequest {
  readonly form: TokenForm;
  readonly client: ProvenClient;
  readonly grant: SignInGrant;
  /** Of the refresh token that was redeemed. Default: a new one. */
  readonly family?: RefreshTokenFamily;
  /** Whether a new family is for a single-page application. */
  readonly isSpa?: boolean;
}

/**
 * The body of a token response for a user (RFC 6749, section 5.1; OpenID Connect Core, section 3.1.3.3).
 *
 * @throws a refusal: AADSTS50034 where the user is gone, 50057 where disabled, 65001 without consent, and those of
 *   {@link readScope}, {@link checkAssignment} and {@link checkUserAccess}
 */
export async function userTokens(call: Call, request: UserTokensRequest): Promise<Record<string, unknown>> {
  const { form, client: proven, grant } = request;
  const { store } = call.world;
  const { client, proof } = proven;
  const tenant = store.get('tenants', grant.tenantId);
  const user = store.get('users', grant.userId);
  if (tenant === undefined || user === undefined) {
    throw entraRefusal(50034, { user: grant.userId, tenant: tenant?.name ?? grant.tenantId });
  }
  if (user.accountEnabled === false) throw entraRefusal(50057);
  checkAssignment(call, tenant, user, client);
  const target = readScope(call, tenant, scopeOf(form, grant.scope));
  const { granted, missing } = grantedScopes(store, client, user.id, target);
  if (missing.length > 0) throw entraRefusal(65001, { client: client.clientId, name: client.displayName });

  const { amr, authTime, byDeviceCode, nonce } = grant;
  const { version, fields } = form;
  const { audience } = target;
  const access = { user, audience, isPublicClient: proof === '0', amr, authTime, byDeviceCode };
  const contexts = requestedContexts(fields.get('claims'));
  checkUserAccess(call, tenant, { ...access, contexts });
  const token = await issueUserToken(call, {
    tenant,
    user,
    clientId: client.clientId,
    proof,
    audience: target.audience,
    scopes: granted,
    amr,
    contexts: satisfiedContexts(call, tenant, access, [...contexts, ...grant.contexts]),
    cae: declaresCae(fields.get('claims')),
    lifetime: client.tokenLifetime ?? undefined,
  });
  const agreed = readScope(call, tenant, grant.scope);
  const wantsRefresh = target.offline || agreed.offline;
  const wantsId = target.openid || agreed.openid;
  const id = { version, tenant, user, clientId: client.clientId, amr, nonce };
  return {
    token_type: 'Bearer',
    ...(version === 'v2'
      ? { scope: grantedText(target, granted) }
      : { scope: granted.join(' '), resource: target.audience }),
    ...tokenTimes(version, token),
    access_token: token.accessToken,
    ...(wantsRefresh
      ? {
          refresh_token: issueRefreshToken(
            call,
            request.family ?? startFamily(call, grant, request.isSpa === true),
          ),
        }
      : {}),
    ...(wantsRefresh && client.isFamily ? { foci: '1' } : {}),
    ...(wantsId ? { id_token: await issueIdToken(call, id) } : {}),
    ...(fields.get('client_info') === '1' ? { client_info: clientInfo(user) } : {}),
  };
}

/** What was asked for and what was granted: clients look their tokens up by what they asked. */
function grantedText({ resource, audience, asked }: ScopeTarget, granted: readonly string[]): string {
  const names = resource === 'graph' ? granted : granted.map((name) => `${audience}/${name}`);
  return [...new Set([...asked, ...names])].join(' ');
}
