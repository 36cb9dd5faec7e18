import type { Call } from '../../http/call.js';

/** The prefix binds it to this host, to https and to the whole of it (RFC 6265bis, section 4.1.3.2). */
const NAME = '__Host-emu-session';

/** No script reads it; other sites can send a person here with it, and nothing else. */
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** What the browser was given; undefined where it was given nothing. */
export function readSessionCookie(call: Call): string | undefined {
  const pairs = (call.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${NAME}=`));
  return found?.slice(NAME.length + 1);
}

/** `Set-Cookie` for a session, which ends with the browser. */
export function sessionCookie(value: string): string {
  return `${NAME}=${value}; ${ATTRIBUTES}`;
}

/** `Set-Cookie` that takes the session away. */
export function noSessionCookie(): string {
  return `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;
}
