/** What somebody agreed to by signing in: all tokens that follow from it have this in common. */
export interface SignInGrant {
  readonly tenantId: string;
  readonly userId: string;
  readonly clientId: string;
  /** Scopes as the v2 endpoint writes them; what v1 clients ask for is put into that form. */
  readonly scope: string;
  /** How the user proved who they are (RFC 8176): `pwd`, and `mfa` after the second step. */
  readonly amr: readonly string[];
  /** When the user did so, in milliseconds since the epoch. */
  readonly authTime: number;
  /** Whether that was on another device, by a code. */
  readonly byDeviceCode: boolean;
  /** Authentication contexts that were asked for then. */
  readonly contexts: readonly string[];
  readonly nonce: string | null;
}

/** An authorization code. Kept under its hash. */
export interface AuthorizationCode extends SignInGrant {
  readonly redirectUri: string;
  readonly challenge: CodeChallenge | null;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly redeemed: boolean;
}

/** What the code verifier must match (RFC 7636). */
export interface CodeChallenge {
  readonly method: 'S256' | 'plain';
  readonly value: string;
}

/** A device code. Kept under the hash of what the device polls with. */
export interface DeviceCode {
  /** The same hash. */
  readonly id: string;
  /** What the person types. */
  readonly userCode: string;
  /** The tenant that the device named; null for `/common` and its like. */
  readonly tenantId: string | null;
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAt: number;
  readonly state: 'pending' | 'approved' | 'declined' | 'redeemed';
  /** Set once somebody approved. */
  readonly grant: SignInGrant | null;
  /** Whether the next poll is told to slow down. */
  readonly slowDown: boolean;
}

/** All refresh tokens that follow from one sign-in. */
export interface RefreshTokenFamily extends SignInGrant {
  readonly id: string;
  readonly revokedAt: number | null;
  /** Set for a single-page application: when its tokens end, in milliseconds since the epoch. */
  readonly endsAt: number | null;
}

/** Wrong passwords that were tried for a user since the last right one. */
export interface SignInFailures {
  readonly userId: string;
  /** Of the passwords, so that the same one counts once. */
  readonly hashes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly lockedUntil: number;
}

/** That somebody is signed in in a browser. Kept under the hash of the cookie. */
export interface SignInSession {
  /** That hash. */
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly amr: readonly string[];
  readonly authTime: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** When applications were let in without a page, lately: client id and time. */
  readonly silent: readonly { readonly clientId: string; readonly at: number }[];
}

/** A refresh token. Kept under its hash. */
export interface RefreshToken {
  readonly familyId: string;
  readonly issuedAt: number;
}

/** Scopes that a user let an application have, beyond those that need no question. */
export interface Consent {
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
}

/** What a client asked of the authorization endpoint, checked. */
export interface AuthorizationRequest {
  readonly kind: 'authorize';
  /** The tenant in the path; null for `/common` and its like. */
  readonly tenantId: string | null;
  readonly clientId: string;
  readonly scope: string;
  readonly redirectUri: string;
  readonly responseMode: 'query' | 'fragment' | 'form_post';
  readonly state: string | null;
  readonly nonce: string | null;
  readonly challenge: CodeChallenge | null;
  /** Authentication contexts that the tokens must have. */
  readonly contexts: readonly string[];
  readonly loginHint: string;
  /** Whether consent is asked for even where it is not needed. */
  readonly askConsent: boolean;
  /** Whether the answer carries `client_info`. */
  readonly clientInfo: boolean;
}

/** A person's wish to let a device in. */
export interface DeviceRequest {
  readonly kind: 'device';
  readonly tenantId: string | null;
  readonly clientId: string;
  readonly scope: string;
  /** Key of the device code. */
  readonly deviceCodeId: string;
}

/** A walk through the sign-in pages. Kept under the hash of what its forms carry. */
export interface SignInWalk {
  /** That hash. */
  readonly id: string;
  readonly request: AuthorizationRequest | DeviceRequest;
  readonly expiresAt: number;
  /** Set by the account page. */
  readonly username: string | null;
  /** Set by the right password. */
  readonly userId: string | null;
  readonly amr: readonly string[];
  /** When the password was right, or the session began. */
  readonly authTime: number;
  /** Whether a new password must be chosen first. */
  readonly mustChangePassword: boolean;
  /** The session that the browser has; null for none, or where it does not count. */
  readonly sessionId: string | null;
  readonly consented: boolean;
  readonly confirmed: boolean;
}
