/** Tokens of Microsoft Entra ID have a few kilobytes. */
const MAX_LENGTH = 64 * 1024;

/**
 * The claims in a JWT, without a look at its signature: good for a comparison with what was expected of
 * the issuer that was asked over TLS, and for display. Undefined where the token is something else:
 * access tokens are opaque to everybody but their audience.
 */
export function tokenClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, ...rest] = token.split('.');
  if (payload === undefined || rest.length !== 1 || token.length > MAX_LENGTH) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (char) =>
      char.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const isObject = typeof claims === 'object' && claims !== null && !Array.isArray(claims);
    return isObject ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
