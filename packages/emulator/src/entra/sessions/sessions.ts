import type { User } from '../../core/directory-rows.js';
import { tokenKey } from '../../core/secret-hash.js';
import type { SignInSession } from '../../core/sign-in-rows.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { unguessable } from '../users/one-time-text.js';
import { noSessionCookie, readSessionCookie, sessionCookie } from './session-cookie.js';

/** As long as the real service keeps one by default without "stay signed in". */
const DAY_MS = 86_400_000;
/** As many answers without a page, to one application within five minutes, are a loop. */
const MOST_SILENT = 20;
const FIVE_MINUTES_MS = 300_000;

/** A session with its user. */
export interface ActiveSession {
  readonly session: SignInSession;
  readonly user: User;
}

/** The session of the browser that asks; undefined where nobody is signed in. */
export function findSession(call: Call): ActiveSession | undefined {
  const { store, clock } = call.world;
  const cookie = readSessionCookie(call);
  const session = cookie === undefined ? undefined : store.get('signInSessions', tokenKey(cookie));
  const user = session === undefined ? undefined : store.get('users', session.userId);
  if (session === undefined || user === undefined || user.accountEnabled === false) return undefined;
  return session.expiresAt > clock.now() ? { session, user } : undefined;
}

/**
 * Begins a session in place of the one that the browser has, and says so in the answer. A session never
 * keeps its name over a sign-in, so that nobody can be made to sign in to one that another person knows.
 */
export function startSession(
  call: Call,
  response: Response,
  { id: userId, tenantId }: User,
  { amr, authTime }: Pick<SignInSession, 'amr' | 'authTime'>,
): void {
  const { store, clock } = call.world;
  const now = clock.now();
  for (const { id, expiresAt } of store.list('signInSessions')) {
    if (expiresAt <= now) store.remove('signInSessions', id);
  }
  removeSession(call);
  const value = unguessable();
  const id = tokenKey(value);
  const expiresAt = now + DAY_MS;
  store.put('signInSessions', id, { id, tenantId, userId, amr, authTime, expiresAt, silent: [] });
  response.headers.append('set-cookie', sessionCookie(value));
}

/** Ends the session of the browser. */
export function endSession(call: Call, response: Response): void {
  removeSession(call);
  response.headers.append('set-cookie', noSessionCookie());
}

/**
 * Counts that a session let an application in without a page.
 *
 * @throws a refusal: AADSTS50196 where this happens again and again
 */
export function countSilent(call: Call, session: SignInSession, clientId: string): void {
  const { store, clock } = call.world;
  const now = clock.now();
  const lately = session.silent.filter(({ at }) => at > now - FIVE_MINUTES_MS);
  const silent = [...lately, { clientId, at: now }].slice(-10 * MOST_SILENT);
  if (lately.filter((entry) => entry.clientId === clientId).length >= MOST_SILENT) throw entraRefusal(50196);
  store.put('signInSessions', session.id, { ...session, silent });
}

function removeSession(call: Call): void {
  const cookie = readSessionCookie(call);
  if (cookie !== undefined) call.world.store.remove('signInSessions', tokenKey(cookie));
}
