import { createHash, timingSafeEqual } from 'node:crypto';

import type { Tenant } from '../../core/directory-rows.js';
import { tokenKey } from '../../core/secret-hash.js';
import type { CodeChallenge } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { requiredField } from '../required-field.js';
import type { TokenForm } from '../token-form.js';
import { authenticateSignInClient } from '../users/authenticate-sign-in-client.js';
import { userTokens } from '../users/user-tokens.js';

/**
 * The authorization code grant (RFC 6749, section 4.1.3) with proof of possession (RFC 7636, section 4.6).
 *
 * @throws a refusal: AADSTS900144, 70000, 700005, 54005, 70008, 500112, 501481, and those of {@link userTokens}
 */
export async function authorizationCode(
  call: Call,
  tenant: Tenant | undefined,
  form: TokenForm,
): Promise<Record<string, unknown>> {
  const { store, clock } = call.world;
  const { fields } = form;
  const key = tokenKey(requiredField(fields, 'code'));
  const row = store.get('authorizationCodes', key);
  const home = row === undefined ? undefined : store.get('tenants', row.tenantId);
  if (row === undefined || home === undefined) throw entraRefusal(70000);
  if (tenant !== undefined && tenant.id !== home.id) throw entraRefusal(700005);
  const client = await authenticateSignInClient(call, home, fields);
  if (client.client.clientId !== row.clientId) throw entraRefusal(70000);
  // Asked anew: another request may have redeemed it while this client proved who it is.
  if (store.get('authorizationCodes', key)?.redeemed !== false) throw entraRefusal(54005);
  if (row.expiresAt <= clock.now()) throw entraRefusal(70008);
  if (fields.get('redirect_uri') !== row.redirectUri) throw entraRefusal(500112);
  if (!matchesChallenge(row.challenge, fields.get('code_verifier') ?? '')) throw entraRefusal(501481);
  // A code is good for one attempt, also for one that fails from here on.
  store.put('authorizationCodes', key, { ...row, redeemed: true });
  const isSpa = client.client.spaRedirectUris.includes(row.redirectUri);
  return userTokens(call, { form, client, grant: row, isSpa });
}

/** A verifier without a challenge is refused as well: somebody took the challenge away (RFC 9700, section 2.1.1). */
function matchesChallenge(challenge: CodeChallenge | null, verifier: string): boolean {
  if (challenge === null) return verifier === '';
  const given = Buffer.from(
    challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier,
  );
  const expected = Buffer.from(challenge.value);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
