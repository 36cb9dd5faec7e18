import type { AmlAuthErrorCode, CorrelationIds } from '../errors.js';
import type { ActualIdentity } from '../identity/identity-of-token.js';

/** One thing that a credential looked for. */
export interface Finding {
  /** What it is, such as `variable AZURE_CLIENT_ID` or `file /var/run/token`. Never its value. */
  readonly what: string;
  /** Whether it was there. A variable that is empty counts as absent. */
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
  /** What kind of failure it was; {@link ERROR_CODES} has what is true of each. */
  readonly code: AmlAuthErrorCode;
  /** What happened, to which thing, and why. Redacted. */
  readonly message: string;
  /** The next command or setting, in a sentence. */
  readonly remedy?: string;
  /** Whether the same call may succeed later without any change. */
  readonly retryable: boolean;
  /** The number of an AADSTS error of Microsoft Entra ID, such as 7000215. */
  readonly aadsts?: number;
  /** `suberror` of Microsoft Entra ID, such as `basic_action`. */
  readonly suberror?: string;
  /** Ids (GUIDs) of the Conditional Access policies that stand in the way, where the service named them. */
  readonly policyIds?: readonly string[];
  /** Ids for Microsoft's support, where a service gave any. */
  readonly correlation?: CorrelationIds;
}

/** What one credential saw and decided. */
export interface LinkRecord {
  /** As in `CredentialDescription.method`. */
  readonly method: string;
  /** As in `CredentialDescription.tenantId`. */
  readonly tenantId?: string;
  /** As in `CredentialDescription.clientId`. */
  readonly clientId?: string;
  /** How it ended; for a chain, as the link that ended it did. */
  readonly outcome: LinkOutcome;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /**
   * What it looked for to know whether it applies here; empty where the method looks at nothing but its
   * options.
   */
  readonly seen: readonly Finding[];
  /** Whose token came, where it could be read; not verified, for display only. */
  readonly identity?: ActualIdentity;
  /** When the token ends, as an ISO 8601 time in UTC. */
  readonly expiresOn?: string;
  /** Why it gave no token; undefined where it gave one or was not tried. */
  readonly error?: LinkError;
  /** The records of the credentials that it is made of, in the order in which they were asked. */
  readonly links?: readonly LinkRecord[];
}

/** The whole record. Plain JSON without a secret; fields are added, but never change their meaning in one version. */
export interface Explanation {
  readonly version: 1;
  /** What a token was asked for, sorted and without duplicates. */
  readonly scopes: readonly string[];
  /** When it was made, as an ISO 8601 time in UTC. */
  readonly at: string;
  /** The record of the credential that was asked; for a chain, with one in `links` for each of its links. */
  readonly record: LinkRecord;
}
