import type { ServicePrincipal } from '../core/directory-rows.js';
import type { IdentityHost } from '../core/resource-rows.js';
import { signAccessToken, type IssuedToken } from '../entra/sign-access-token.js';
import type { Call } from '../http/call.js';

/** What the access token of a managed identity is made from. */
export interface IdentityTokenRequest {
  readonly identity: ServicePrincipal;
  /** Where it was asked for. */
  readonly host: IdentityHost;
  /** The resource, spelled as it was asked for. */
  readonly audience: string;
  /** What the client declares that it can do, such as `cp1`. */
  readonly capabilities?: readonly string[];
}

/** Seconds that the access token of a managed identity lasts. */
const LIFETIME = 86_400;

/** An app-only access token of a managed identity. */
export async function issueIdentityToken(call: Call, request: IdentityTokenRequest): Promise<IssuedToken> {
  const { identity, host, audience, capabilities = [] } = request;
  const tenant = call.world.store.get('tenants', identity.tenantId);
  if (tenant === undefined) throw new Error(`The tenant of ${identity.displayName} is gone.`);
  return signAccessToken(call, {
    tenant,
    audience,
    lifetime: LIFETIME,
    claims: {
      appid: identity.appId,
      appidacr: '2',
      idtyp: 'app',
      oid: identity.id,
      sub: identity.id,
      ...(host.resourceId === null ? {} : { xms_az_rid: spelled(host.resourceId) }),
      ...(identity.resourceId === null ? {} : { xms_mirid: spelled(identity.resourceId) }),
      ...(capabilities.length === 0 ? {} : { xms_cc: capabilities }),
    },
  });
}

/** Tokens write this one word of resource ids in lower case. */
function spelled(resourceId: string): string {
  return resourceId.replace(/\/resourceGroups\//i, '/resourcegroups/');
}
