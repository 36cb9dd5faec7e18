import type { Tenant } from '../../core/directory-rows.js';
import { tokenKey } from '../../core/secret-hash.js';
import type { Call } from '../../http/call.js';
import { checkHomeTenant } from '../check-home-tenant.js';
import { entraRefusal } from '../entra-refusal.js';
import type { TokenForm } from '../token-form.js';
import { authenticateSignInClient } from '../users/authenticate-sign-in-client.js';
import { userTokens } from '../users/user-tokens.js';

/**
 * The device code grant (RFC 8628, section 3.4): a device asks whether its user has signed in.
 *
 * @throws a refusal: AADSTS900144, 70018, 70020, 90055, 70016, 70017, 54005, 70000, 50020, and those of
 *   {@link userTokens}
 */
export async function deviceCode(
  call: Call,
  tenant: Tenant | undefined,
  form: TokenForm,
): Promise<Record<string, unknown>> {
  const { store, clock } = call.world;
  // Clients of v1 call it `code`; some send both.
  const code = form.fields.get('device_code') ?? form.fields.get('code') ?? '';
  if (code === '') throw entraRefusal(900144, { parameter: 'device_code' });
  const row = store.get('deviceCodes', tokenKey(code));
  if (row === undefined) throw entraRefusal(70018);
  if (row.expiresAt <= clock.now()) throw entraRefusal(70020);
  if (row.slowDown) {
    store.put('deviceCodes', row.id, { ...row, slowDown: false });
    throw entraRefusal(90055);
  }
  if (row.state === 'declined') throw entraRefusal(70017);
  if (row.state === 'redeemed') throw entraRefusal(54005);
  if (row.grant === null) throw entraRefusal(70016);
  const home = checkHomeTenant(call, tenant, row.grant);
  const client = await authenticateSignInClient(call, home, form.fields);
  if (client.client.clientId !== row.clientId) throw entraRefusal(70000);
  // Asked anew: another poll may have got the tokens while this client proved who it is.
  if (store.get('deviceCodes', row.id)?.state !== 'approved') throw entraRefusal(54005);
  store.put('deviceCodes', row.id, { ...row, state: 'redeemed' });
  try {
    return await userTokens(call, { form, client, grant: row.grant });
  } catch (error) {
    // Whoever is refused may ask again.
    store.put('deviceCodes', row.id, row);
    throw error;
  }
}
