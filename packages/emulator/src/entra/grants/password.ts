import type { Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { requiredField } from '../required-field.js';
import type { TokenForm } from '../token-form.js';
import { authenticateSignInClient } from '../users/authenticate-sign-in-client.js';
import { checkPassword } from '../users/check-password.js';
import { findUser, tenantOfDomain } from '../users/find-user.js';
import { scopeOf } from '../users/read-scope.js';
import { userTokens } from '../users/user-tokens.js';

const FRESH = { byDeviceCode: false, contexts: [], nonce: null };

/**
 * The password grant (RFC 6749, section 4.3), for old clients: no second factor, no consent.
 *
 * @throws a refusal: AADSTS900144, 50034, 50053, 50055, 50057, 50126, and those of {@link userTokens}
 */
export async function password(
  call: Call,
  tenant: Tenant | undefined,
  form: TokenForm,
): Promise<Record<string, unknown>> {
  const { store } = call.world;
  const username = requiredField(form.fields, 'username');
  const secret = requiredField(form.fields, 'password');
  const scope = scopeOf(form);
  const home = tenant ?? tenantOfDomain(store, username);
  if (home === undefined) throw entraRefusal(50034, { user: username, tenant: call.segments[0] ?? '' });
  const client = await authenticateSignInClient(call, home, form.fields);
  const user = findUser(store, home.id, username);
  if (user === undefined) throw entraRefusal(50034, { user: username, tenant: home.name });
  const problem = checkPassword(call.world, user, secret);
  if (problem !== undefined) throw entraRefusal(problem);
  const { clientId } = client.client;
  const about = { tenantId: home.id, userId: user.id, clientId, scope };
  const grant = { ...about, amr: ['pwd'], authTime: call.world.clock.now(), ...FRESH };
  return userTokens(call, { form, client, grant });
}
