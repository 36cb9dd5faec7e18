import type { Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { checkHomeTenant } from '../check-home-tenant.js';
import { entraRefusal } from '../entra-refusal.js';
import { requiredField } from '../required-field.js';
import type { TokenForm } from '../token-form.js';
import { authenticateSignInClient } from '../users/authenticate-sign-in-client.js';
import { readRefreshToken } from '../users/refresh-tokens.js';
import { findSignInClient } from '../users/sign-in-client.js';
import { userTokens } from '../users/user-tokens.js';

/**
 * The refresh token grant (RFC 6749, section 6). A refresh token serves every resource, and every
 * client of the family that it was issued to.
 *
 * @throws a refusal: AADSTS900144, 9002313, 700082, 50173, 50020, 70000, and those of {@link userTokens}
 */
export async function refreshToken(
  call: Call,
  tenant: Tenant | undefined,
  form: TokenForm,
): Promise<Record<string, unknown>> {
  const family = readRefreshToken(call, requiredField(form.fields, 'refresh_token'));
  const home = checkHomeTenant(call, tenant, family);
  const client = await authenticateSignInClient(call, home, form.fields);
  const isSame = client.client.clientId === family.clientId;
  const isRelated = client.client.isFamily && findSignInClient(call, home, family.clientId).isFamily;
  if (!isSame && !isRelated) throw entraRefusal(70000);
  // What refreshing gives is no answer to a request for authentication.
  return userTokens(call, { form, client, grant: { ...family, nonce: null }, family });
}
