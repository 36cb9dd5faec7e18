/**
 * An access token and its times. Structurally an `AccessToken` of `@azure/core-auth`.
 * `JSON.stringify` and `util.inspect` show the times, never the token.
 */
export interface AccessToken {
  /** The bearer token. A secret. */
  readonly token: string;
  /** When it stops working, in milliseconds since the epoch. */
  readonly expiresOnTimestamp: number;
  /** When a new one should be fetched, in milliseconds since the epoch, where the service said so. */
  readonly refreshAfterTimestamp?: number;
  readonly tokenType: 'Bearer';
}

/** What {@link createAccessToken} is made from; times in milliseconds since the epoch. */
export interface AccessTokenInit {
  /** The bearer token. A secret. */
  readonly token: string;
  /** When it stops working, in milliseconds since the epoch. */
  readonly expiresOnTimestamp: number;
  /**
   * When a new one should be fetched, in milliseconds since the epoch. Default: unknown, and left out of the
   * token.
   */
  readonly refreshAfterTimestamp?: number | undefined;
}

/** An {@link AccessToken}, frozen, that does not print its token. */
export function createAccessToken(init: AccessTokenInit): AccessToken {
  const token = {
    token: init.token,
    expiresOnTimestamp: init.expiresOnTimestamp,
    ...(init.refreshAfterTimestamp === undefined
      ? {}
      : { refreshAfterTimestamp: init.refreshAfterTimestamp }),
    tokenType: 'Bearer' as const,
  };
  const printed = (): object => ({ ...token, token: '[redacted]' });
  // Not enumerable: a spread copies the token, as callers expect, and not these.
  Object.defineProperty(token, 'toJSON', { value: printed });
  Object.defineProperty(token, Symbol.for('nodejs.util.inspect.custom'), { value: printed });
  return Object.freeze(token);
}
