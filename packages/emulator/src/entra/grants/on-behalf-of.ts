import type { Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { findTenant } from '../find-tenant.js';
import { requiredField } from '../required-field.js';
import { EARLY } from '../sign-access-token.js';
import type { TokenForm } from '../token-form.js';
import { authenticateSignInClient } from '../users/authenticate-sign-in-client.js';
import { scopeOf } from '../users/read-scope.js';
import { userTokens } from '../users/user-tokens.js';
import { printableClaim, verifiedClaims } from '../verify-bearer.js';

/**
 * The on-behalf-of grant (RFC 7523, section 2.1, as Microsoft uses it): a service that was called with a
 * user's token gets one for the next service.
 *
 * @throws a refusal: AADSTS900144, 70003, 50013, 500131, 500133, 7000114, 50020, and those of {@link userTokens}
 */
export async function onBehalfOf(
  call: Call,
  tenant: Tenant | undefined,
  form: TokenForm,
): Promise<Record<string, unknown>> {
  const { fields } = form;
  const assertion = requiredField(fields, 'assertion');
  if (fields.get('requested_token_use') !== 'on_behalf_of') {
    throw entraRefusal(900144, { parameter: 'requested_token_use' });
  }
  const scope = scopeOf(form);
  const claims = await verifiedClaims(call, assertion);
  if (typeof claims === 'string') throw entraRefusal(50013);
  const { aud, exp, oid, tid, scp, amr, upn, nbf } = claims;
  if (typeof tid !== 'string' || typeof oid !== 'string') throw entraRefusal(50013);
  const home = findTenant(call, tid);
  const client = await authenticateSignInClient(call, tenant ?? home, fields);
  const { clientId } = client.client;
  // Public clients cannot keep what they would act with.
  if (client.proof === '0') throw entraRefusal(7000218);
  if (aud !== clientId && aud !== `api://${clientId}`) {
    throw entraRefusal(500131, { audience: printableClaim(aud), expected: clientId });
  }
  const now = call.world.clock.now();
  const end = typeof exp === 'number' ? exp * 1000 : 0;
  if (end <= now) throw entraRefusal(500133, { now: utc(now), end: utc(end) });
  if (typeof scp !== 'string') throw entraRefusal(7000114, { client: clientId });
  if (tenant !== undefined && tenant.id !== home.id) {
    throw entraRefusal(50020, { user: printableClaim(upn), tenant: tenant.name, client: clientId });
  }
  const proofs = Array.isArray(amr) ? amr.map(String) : [];
  // Access tokens do not say when their user signed in.
  const authTime = typeof nbf === 'number' ? (nbf + EARLY) * 1000 : 0;
  const about = { tenantId: home.id, userId: oid, clientId, scope };
  const grant = { ...about, amr: proofs, authTime, byDeviceCode: false, contexts: [], nonce: null };
  return userTokens(call, { form, client, grant });
}

function utc(ms: number): string {
  return new Date(ms).toISOString();
}
