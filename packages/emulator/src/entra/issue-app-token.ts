import type { Application, Tenant } from '../core/directory-rows.js';
import type { Call } from '../http/call.js';
import type { AuthenticatedClient } from './authenticate-client.js';
import { capabilityClaims } from './client-capabilities.js';
import { checkApplicationAccess } from './conditional-access/check-access.js';
import { entraRefusal } from './entra-refusal.js';
import { DEFAULT_LIFETIME, signAccessToken, type IssuedToken } from './sign-access-token.js';

/** What an app-only token is made from. */
export interface AppTokenRequest {
  readonly tenant: Tenant;
  readonly application: Application;
  /** How it proved who it is. */
  readonly method: AuthenticatedClient['method'];
  /** The resource, spelled as it was asked for. */
  readonly audience: string;
  /** Whether the client can handle claims challenges. */
  readonly cae: boolean;
}

/**
 * An app-only access token. Azure Resource Manager, Microsoft Graph and Azure Machine Learning take
 * tokens of version 1.0, whichever endpoint issues them.
 *
 * @throws a refusal: AADSTS700016, 7000112, and that of {@link checkApplicationAccess}
 */
export async function issueAppToken(call: Call, request: AppTokenRequest): Promise<IssuedToken> {
  const { world } = call;
  const { tenant, application } = request;
  const principal = world.store.replica
    .list('servicePrincipals')
    .find(({ tenantId, appId }) => tenantId === tenant.id && appId === application.clientId);
  if (principal === undefined) {
    throw entraRefusal(700016, { client: application.clientId, tenant: tenant.name });
  }
  if (principal.accountEnabled === false) {
    throw entraRefusal(7000112, { client: application.clientId, name: application.displayName });
  }
  checkApplicationAccess(call, tenant, principal.id, request.audience);
  return signAccessToken(call, {
    tenant,
    audience: request.audience,
    lifetime: application.tokenLifetime ?? DEFAULT_LIFETIME,
    claims: {
      appid: application.clientId,
      appidacr: request.method === 'assertion' ? '2' : '1',
      idtyp: 'app',
      oid: principal.id,
      sub: principal.id,
      ...capabilityClaims(request.cae),
    },
  });
}
