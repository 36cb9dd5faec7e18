import type { EndpointVersion } from './discovery.js';
import type { IssuedToken } from './sign-access-token.js';

/** Seconds from which on a token response says when to renew the token. */
const LONG = 7_200;

/**
 * How a token response says how long its token lasts: v1 writes numbers as strings, and the points in time.
 * Of a token that lasts two hours or more it says as well when to renew it: at half that time.
 */
export function tokenTimes(version: EndpointVersion, token: IssuedToken): Record<string, unknown> {
  const { expiresIn, expiresOn, notBefore } = token;
  const renewal = expiresIn + 1 < LONG ? undefined : Math.floor((expiresIn + 1) / 2);
  if (version === 'v2') {
    return {
      expires_in: expiresIn,
      ext_expires_in: expiresIn,
      ...(renewal === undefined ? {} : { refresh_in: renewal }),
    };
  }
  return {
    expires_in: String(expiresIn),
    ext_expires_in: String(expiresIn),
    ...(renewal === undefined ? {} : { refresh_in: String(renewal) }),
    expires_on: String(expiresOn),
    not_before: String(notBefore),
  };
}
