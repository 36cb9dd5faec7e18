import { tokenKey } from '../../core/secret-hash.js';
import type { RefreshTokenFamily, SignInGrant } from '../../core/sign-in-rows.js';
import { randomGuid } from '../../core/random.js';
import type { Call, World } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { unguessable } from './one-time-text.js';

const DAY_MS = 86_400_000;
const NINETY_DAYS_MS = 90 * DAY_MS;

/**
 * Starts a family: what one sign-in leads to.
 *
 * @param isSpa - whether it is for a single-page application, whose tokens end after a day
 */
export function startFamily(call: Call, grant: SignInGrant, isSpa: boolean): RefreshTokenFamily {
  const { tenantId, userId, clientId, scope, amr, authTime, byDeviceCode, contexts, nonce } = grant;
  const id = randomGuid(call.world.random);
  const ends = isSpa ? call.world.clock.now() + DAY_MS : null;
  const about = { id, tenantId, userId, clientId, scope, amr, authTime, byDeviceCode, contexts, nonce };
  const family = { ...about, revokedAt: null, endsAt: ends };
  call.world.store.put('refreshTokenFamilies', id, family);
  return family;
}

/** A further refresh token of a family. Earlier ones stay valid until they lapse, as in the real service. */
export function issueRefreshToken({ world }: Call, family: RefreshTokenFamily): string {
  const token = `1.${unguessable()}`;
  world.store.put('refreshTokens', tokenKey(token), { familyId: family.id, issuedAt: world.clock.now() });
  return token;
}

/**
 * The family of a refresh token.
 *
 * @throws a refusal: AADSTS9002313 for what is none, 700082 after 90 days, 700084 after a day for a
 *   single-page application, 50173 once revoked
 */
export function readRefreshToken({ world }: Call, token: string): RefreshTokenFamily {
  const { store, clock } = world;
  const row = store.get('refreshTokens', tokenKey(token));
  const family = row === undefined ? undefined : store.get('refreshTokenFamilies', row.familyId);
  if (row === undefined || family === undefined) throw entraRefusal(9002313);
  const issued = new Date(row.issuedAt).toISOString();
  if (row.issuedAt + NINETY_DAYS_MS <= clock.now()) throw entraRefusal(700082, { issued });
  if (family.endsAt !== null && family.endsAt <= clock.now()) {
    throw entraRefusal(700084, { issued: new Date(family.endsAt - DAY_MS).toISOString() });
  }
  if (family.revokedAt !== null) {
    throw entraRefusal(50173, { issued, validFrom: new Date(family.revokedAt).toISOString() });
  }
  return family;
}

/** Ends all families of a user, and the sessions in browsers. */
export function revokeFamilies({ store, clock }: World, userId: string): void {
  for (const { id, userId: owner } of store.list('signInSessions')) {
    if (owner === userId) store.remove('signInSessions', id);
  }
  for (const family of store.list('refreshTokenFamilies')) {
    if (family.userId !== userId || family.revokedAt !== null) continue;
    store.put('refreshTokenFamilies', family.id, { ...family, revokedAt: clock.now() });
  }
}
