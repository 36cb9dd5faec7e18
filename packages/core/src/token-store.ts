import type { AmlAuthErrorInit } from './errors.js';

/** Everything that changes a token. Two requests with equal keys may share one token. */
export interface TokenKey {
  /** Origin of the authority. */
  readonly authorityHost: string;
  /** The tenant that was asked, in lower case: a GUID or a domain, or empty where the method knows none. */
  readonly tenantId: string;
  /** The application (client) id, or empty where the method has none. */
  readonly clientId: string;
  /** A one-way fingerprint of the secret, certificate, assertion source or session behind the token. */
  readonly fingerprint: string;
  /** Sorted, without duplicates. */
  readonly scopes: readonly string[];
  /** The claims challenge (JSON), or an empty string. */
  readonly claims: string;
  /** Whether the token was asked for with Continuous Access Evaluation. */
  readonly enableCae: boolean;
  readonly tokenType: 'Bearer';
}

/** A token as it is kept. Times in milliseconds since the epoch. */
export interface StoredToken {
  /** The bearer token. A secret. */
  readonly token: string;
  /** When it stops working. */
  readonly expiresOnTimestamp: number;
  /** When a new one should be fetched, where the service said so (`refresh_in`). */
  readonly refreshAfterTimestamp?: number | undefined;
}

/** That an authority refused a credential: asked again, it would refuse again, and may lock the account. */
export interface StoredRefusal {
  /** The error without its cause. Holds no secret. */
  readonly error: Omit<AmlAuthErrorInit, 'cause'>;
  /** Until when nobody asks again. Milliseconds since the epoch. */
  readonly expiresOnTimestamp: number;
}

/** The right to refresh one token while others wait. */
export interface RefreshLease {
  /** Gives the right back. Safe to call twice, and after the lease has run out. */
  release(): Promise<void>;
}

/** How a lease is asked for. Times in milliseconds. */
export interface RefreshLeaseRequest {
  /** After this time the lease ends by itself: a dead or frozen holder blocks nobody longer. */
  readonly ttlMs: number;
  /** How long to wait for another holder. 0 answers at once. */
  readonly waitMs: number;
  /** Ends the waiting early: nobody needs the token any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Keeps tokens beyond one credential object, and lets processes agree on who refreshes.
 * The engine treats a failing or slow store as an empty one: losing it never fails `getToken`.
 */
export interface TokenStore {
  /** What kind of store this is, for people: `memory`, `file`, `redis` … */
  readonly kind: string;
  /** The kept token, or undefined where there is none or it has expired. */
  get(key: TokenKey): Promise<StoredToken | undefined>;
  /** Keeps the token until it expires, in place of an earlier one. */
  set(key: TokenKey, token: StoredToken): Promise<void>;
  /** Forgets the token; no error where there is none. */
  delete(key: TokenKey): Promise<void>;
  /**
   * Asks for the right to refresh. Undefined means that somebody else holds, or held, the lease:
   * read the store again, and where it has nothing fresh go on without a lease. A store may answer
   * undefined before `waitMs` has passed when it sees that the other holder is done.
   */
  acquireLease?(key: TokenKey, request: RefreshLeaseRequest): Promise<RefreshLease | undefined>;
  /** A refusal that somebody met a moment ago; undefined where there is none or its time is over. */
  getRefusal?(key: TokenKey): Promise<StoredRefusal | undefined>;
  /** Lets all who share the store know of a refusal, until its time is over. */
  setRefusal?(key: TokenKey, refusal: StoredRefusal): Promise<void>;
}

/** A canonical text for the key: equal keys give equal texts, different keys different ones. */
export function tokenKeyId(key: TokenKey): string {
  return JSON.stringify([
    key.authorityHost,
    key.tenantId,
    key.clientId,
    key.fingerprint,
    key.scopes,
    key.claims,
    key.enableCae,
    key.tokenType,
  ]);
}
