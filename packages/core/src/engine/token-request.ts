/** What all tokens of one engine have in common. */
export interface TokenIdentity {
  /** Origin of the authority. */
  readonly authorityHost: string;
  /**
   * The tenant that is asked where a call names none: a GUID or a domain, or empty where the method knows
   * none.
   */
  readonly tenantId: string;
  /**
   * The application (client) id, or empty where the method has none. Part of the key under which tokens are
   * stored.
   */
  readonly clientId: string;
  /** A one-way fingerprint of what proves the identity; a new one makes every earlier token a miss. */
  readonly fingerprint: string;
}

/** One token to fetch. */
export interface TokenRequest {
  /** Sorted, without duplicates. */
  readonly scopes: readonly string[];
  /** The tenant of the call, else that of the {@link TokenIdentity}. */
  readonly tenantId: string;
  /** The claims challenge (JSON), or an empty string. */
  readonly claims: string;
  /**
   * Whether to declare Continuous Access Evaluation (client capability `cp1`): such a token lives for up to 28
   * hours and may be revoked meanwhile.
   */
  readonly enableCae: boolean;
  /**
   * True for a refresh ahead of expiry, while the old token is still served: a method that would have to
   * ask a person fails instead.
   */
  readonly background: boolean;
  /** With claims: the token that the service has refused, where this engine gave it. A secret. */
  readonly refused?: string | undefined;
  /** Aborted when nobody waits for the token any more. */
  readonly signal: AbortSignal;
}
