import type { EndpointVersion } from './discovery.js';
import type { IssuedToken } from './sign-access-token.js';

/** How a token response says how long its token lasts: v1 writes numbers as strings, and the points in time. */
export function tokenTimes(version: EndpointVersion, token: IssuedToken): Record<string, unknown> {
  const { expiresIn, expiresOn, notBefore } = token;
  if (version === 'v2') return { expires_in: expiresIn, ext_expires_in: expiresIn };
  return {
    expires_in: String(expiresIn),
    ext_expires_in: String(expiresIn),
    expires_on: String(expiresOn),
    not_before: String(notBefore),
  };
}
