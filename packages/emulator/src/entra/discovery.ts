import type { Tenant } from '../core/directory-rows.js';
import { jsonAnswer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { isOwnAuthority, isOwnHost, ownHosts } from '../http/own-hosts.js';
import { entraRefusal } from './entra-refusal.js';
import { findTenant, isTenantAlias } from './find-tenant.js';

/** Version of the endpoints: v1 (`/oauth2/token`) or v2 (`/oauth2/v2.0/token`). */
export type EndpointVersion = 'v1' | 'v2';

/** The names of Azure's public cloud, as its instance discovery lists them. */
const PUBLIC_CLOUD = {
  preferred_network: 'login.microsoftonline.com',
  preferred_cache: 'login.windows.net',
  aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
};

/** `GET /{tenant}[/v2.0]/.well-known/openid-configuration`. The issuer of v2 has the authority's own host: MSAL checks it. */
export function openidConfiguration(call: Call, tenantName: string, version: EndpointVersion): Response {
  const tenant = isTenantAlias(tenantName) ? undefined : findTenant(call, tenantName);
  const tenantId = tenant?.id ?? '{tenantid}';
  const base = `${call.origin}/${tenant?.id ?? tenantName.toLowerCase()}`;
  const v2 = version === 'v2';
  const path = v2 ? '/oauth2/v2.0' : '/oauth2';
  return jsonAnswer(
    200,
    {
      token_endpoint: `${base}${path}/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/${v2 ? 'v2.0/' : ''}keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: v2 ? `${call.faces.issuer}/${tenantId}/v2.0` : `https://sts.windows.net/${tenantId}/`,
      request_uri_parameter_supported: false,
      userinfo_endpoint: `${call.faces.graph}/oidc/userinfo`,
      authorization_endpoint: `${base}${path}/authorize`,
      device_authorization_endpoint: `${base}${path}/devicecode`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      end_session_endpoint: `${base}${path}/logout`,
      claims_supported: [
        'sub',
        'iss',
        'aud',
        'exp',
        'iat',
        'tid',
        'ver',
        'oid',
        'name',
        'preferred_username',
      ],
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
      cloud_graph_host_name: 'graph.windows.net',
      msgraph_host: call.faces.graph.replace('https://', ''),
      rbac_url: 'https://pas.windows.net',
    },
    { 'cache-control': 'max-age=86400, private' },
  );
}

/** `GET /{tenant}/discovery[/v2.0]/keys`. */
export async function keySet(call: Call, tenantName: string, version: EndpointVersion): Promise<Response> {
  const tenant = isTenantAlias(tenantName) ? undefined : findTenant(call, tenantName);
  const { publicJwk } = await call.world.keys();
  const key = version === 'v2' ? { ...publicJwk, issuer: issuerOfKeys(call, tenant) } : publicJwk;
  return jsonAnswer(200, { keys: [key] });
}

/**
 * `GET /common/discovery/instance`: which names the authority goes by.
 *
 * @throws a refusal: AADSTS50049 for another host than the emulator's
 */
export function instanceDiscovery(call: Call): Response {
  const endpoint = URL.parse(call.query.get('authorization_endpoint') ?? '');
  const { hosts } = call.world;
  if (endpoint?.protocol !== 'https:' || !isOwnAuthority(hosts, endpoint.host)) throw entraRefusal(50049);
  const tenant = endpoint.pathname.split('/').find((segment) => segment !== '') ?? 'common';
  return jsonAnswer(200, {
    tenant_discovery_endpoint: `${endpoint.origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: isOwnHost(hosts, endpoint.host)
      ? [
          {
            preferred_network: endpoint.host,
            preferred_cache: endpoint.host,
            aliases: ownHosts(hosts),
          },
        ]
      : [PUBLIC_CLOUD],
  });
}

function issuerOfKeys(call: Call, tenant: Tenant | undefined): string {
  return `${call.faces.issuer}/${tenant?.id ?? '{tenantid}'}/v2.0`;
}
