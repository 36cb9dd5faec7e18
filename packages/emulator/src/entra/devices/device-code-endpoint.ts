import { tokenKey } from '../../core/secret-hash.js';
import { jsonAnswer } from '../../http/answer.js';
import type { Call } from '../../http/call.js';
import type { EndpointVersion } from '../discovery.js';
import { checkMultiTenant } from '../check-multi-tenant.js';
import { entraHeaders, entraRefusal } from '../entra-refusal.js';
import { findTenant, isTenantAlias } from '../find-tenant.js';
import { newUserCode, unguessable } from '../users/one-time-text.js';
import { readScope, scopeOf } from '../users/read-scope.js';
import { findSignInClient } from '../users/sign-in-client.js';

/** Seconds. */
const LIFETIME = 900;
const INTERVAL = 5;

/**
 * `POST /{tenant}/oauth2[/v2.0]/devicecode` (RFC 8628, section 3.1).
 *
 * @throws a refusal: AADSTS900561, 900144, 90133, 50194, and those of {@link findSignInClient} and {@link readScope}
 */
export function deviceCodeEndpoint(call: Call, tenantName: string, version: EndpointVersion): Response {
  if (call.method !== 'POST') throw entraRefusal(900561, { method: call.method });
  if (isRefused(tenantName, version)) throw entraRefusal(90133);
  const { store, clock } = call.world;
  const fields = new URLSearchParams(call.body);
  const tenant = isTenantAlias(tenantName) ? undefined : findTenant(call, tenantName);
  const client = findSignInClient(call, tenant, fields.get('client_id') ?? '');
  checkMultiTenant(call, client);
  const scope = scopeOf({ version, fields });
  readScope(call, tenant, scope);
  const code = unguessable();
  const userCode = newUserCode();
  const id = tokenKey(code);
  store.put('deviceCodes', id, {
    id,
    userCode,
    tenantId: tenant?.id ?? null,
    clientId: client.clientId,
    scope,
    expiresAt: clock.now() + LIFETIME * 1000,
    state: 'pending',
    grant: null,
    slowDown: false,
  });
  const page = `${call.faces.pages}/devicelogin`;
  const number = (value: number): number | string => (version === 'v1' ? String(value) : value);
  return jsonAnswer(
    200,
    {
      user_code: userCode,
      device_code: code,
      ...(version === 'v1' ? { verification_url: page } : { verification_uri: page }),
      expires_in: number(LIFETIME),
      interval: number(INTERVAL),
      message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
    },
    entraHeaders(call),
  );
}

/** Clients of v1 begin at `/common`. */
function isRefused(tenantName: string, version: EndpointVersion): boolean {
  const name = tenantName.toLowerCase();
  return name === 'consumers' || (name === 'common' && version === 'v2');
}
