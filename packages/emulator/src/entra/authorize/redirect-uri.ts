import { isRedirectUri } from '../../core/redirect-uri.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether an application may have users sent to this address: it is registered, letter by letter, or is
 * a registered loopback address with another port (RFC 8252, section 7.3).
 */
export function isRegisteredRedirect(registered: readonly string[], asked: string): boolean {
  // Microsoft Graph takes any text as a registration.
  return isRedirectUri(asked) && registered.some((uri) => uri === asked || sameLoopback(uri, asked));
}

function sameLoopback(registered: string, asked: string): boolean {
  const [left, right] = [URL.parse(registered), URL.parse(asked)];
  if (left === null || right === null) return false;
  return (
    LOOPBACK.has(left.hostname) &&
    left.hostname === right.hostname &&
    /^https?:$/.test(left.protocol) &&
    left.protocol === right.protocol &&
    left.pathname === right.pathname &&
    left.search === right.search &&
    right.username === '' &&
    right.password === ''
  );
}
