import { jsonAnswer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import type { EndpointVersion } from './discovery.js';
import { entraHeaders, entraRefusal } from './entra-refusal.js';
import { findTenant, isTenantAlias } from './find-tenant.js';
import { authorizationCode } from './grants/authorization-code.js';
import { clientCredentials } from './grants/client-credentials.js';
import { deviceCode } from './grants/device-code.js';
import { onBehalfOf } from './grants/on-behalf-of.js';
import { password } from './grants/password.js';
import { refreshToken } from './grants/refresh-token.js';
import type { Grant, TokenForm } from './token-form.js';

const GRANTS: ReadonlyMap<string, Grant> = new Map([
  ['client_credentials', clientCredentials],
  ['authorization_code', authorizationCode],
  ['refresh_token', refreshToken],
  ['password', password],
  // The name of RFC 8628, and the one that MSAL.js and ADAL send.
  ['urn:ietf:params:oauth:grant-type:device_code', deviceCode],
  ['device_code', deviceCode],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', onBehalfOf],
]);

/** `POST /{tenant}/oauth2[/v2.0]/token` (RFC 6749, section 3.2). */
export async function tokenEndpoint(
  call: Call,
  tenantName: string,
  version: EndpointVersion,
): Promise<Response> {
  if (call.method !== 'POST') throw entraRefusal(900561, { method: call.method });
  const form: TokenForm = { version, fields: new URLSearchParams(call.body) };
  const grantType = form.fields.get('grant_type') ?? '';
  if (grantType === '') throw entraRefusal(900144, { parameter: 'grant_type' });
  const grant = GRANTS.get(grantType);
  if (grant === undefined) throw entraRefusal(70003, { grant: grantType });
  const tenant = isTenantAlias(tenantName) ? undefined : findTenant(call, tenantName);
  return jsonAnswer(200, await grant(call, tenant, form), entraHeaders(call));
}
