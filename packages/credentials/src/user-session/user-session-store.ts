/** A person's sign-in, as it is kept. The refresh token is a secret that gives tokens of this person for months. */
export interface KeptUserSession {
  /** Object id and tenant of the account at home, with a dot between them. */
  readonly account: string;
  /** The refresh token. A secret. */
  readonly refreshToken: string;
}

/**
 * Where a person's sign-in is kept beyond one credential object. The store must seal it, and keep it from everybody
 * but this person. A store that fails costs no token: the session then lives as long as the object.
 */
export interface UserSessionStore {
  /** The kept session, or undefined where there is none. */
  read(): Promise<KeptUserSession | undefined>;
  /** Keeps the session in place of an earlier one. Called after a sign-in and when the refresh token has changed. */
  write(session: KeptUserSession): Promise<void>;
}
