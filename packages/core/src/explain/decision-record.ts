import type { AmlAuthErrorCode, CorrelationIds } from '../errors.js';
import type { ActualIdentity } from '../identity/identity-of-token.js';

/** One thing that a credential looked for. */
export interface Finding {
  /** What it is, such as `variable AZURE_CLIENT_ID` or `file /var/run/token`. Never its value. */
  readonly what: string;
  readonly found: boolean;
  /** What follows from it, in a few words. */
  readonly note?: string;
}

/**
 * How a link ended: `token` – it gave one; `skipped` – it does not apply here; `refused` – it applies
 * and was refused, so that a chain stops; `failed` – it applies and could not finish, and may later;
 * `notTried` – another link came first.
 */
export type LinkOutcome = 'token' | 'skipped' | 'refused' | 'failed' | 'notTried';

/** Why a link gave no token. */
export interface LinkError {
  readonly code: AmlAuthErrorCode;
  readonly message: string;
  readonly remedy?: string;
  readonly retryable: boolean;
  readonly aadsts?: number;
  readonly suberror?: string;
  readonly policyIds?: readonly string[];
  readonly correlation?: CorrelationIds;
}

/** What one credential saw and decided. */
export interface LinkRecord {
  /** As in `CredentialDescription.method`. */
  readonly method: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly outcome: LinkOutcome;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  readonly seen: readonly Finding[];
  /** Whose token came, where it could be read; not verified, for display only. */
  readonly identity?: ActualIdentity;
  /** When the token ends, as an ISO 8601 time in UTC. */
  readonly expiresOn?: string;
  readonly error?: LinkError;
  /** The records of the credentials that it is made of, in the order in which they were asked. */
  readonly links?: readonly LinkRecord[];
}

/** The whole record. Plain JSON without a secret; fields are added, but never change their meaning in one version. */
export interface Explanation {
  readonly version: 1;
  readonly scopes: readonly string[];
  /** When it was made, as an ISO 8601 time in UTC. */
  readonly at: string;
  readonly record: LinkRecord;
}
