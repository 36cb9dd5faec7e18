import type { AmlAuthErrorCode } from './errors.js';
import { tell } from './listener.js';

/** What every event about a token says. */
export interface TokenFacts {
  /** The sign-in method, as in `CredentialDescription.method`. */
  readonly method: string;
  /** What the token was asked for, sorted and without duplicates. */
  readonly scopes: readonly string[];
  /** As it was asked for; empty where the method knows no tenant. */
  readonly tenantId: string;
  /** True where the token answers a claims challenge. */
  readonly claims: boolean;
  /** How long it took, in milliseconds; 0 for a token of the store. */
  readonly ms: number;
}

/** A token came. */
export interface TokenEvent extends TokenFacts {
  /** `network` where it was fetched, `store` where another credential object had stored it. */
  readonly source: 'network' | 'store';
  /** Milliseconds since the epoch. */
  readonly expiresOnTimestamp: number;
}

/** A refresh ahead of expiry has ended, while the old token was still valid. */
export interface RefreshEvent extends TokenFacts {
  /**
   * `renewed` where the new token is in use; `failed` where the old one still is, and a later call tries
   * again.
   */
  readonly outcome: 'renewed' | 'failed';
  /** Of the failure. */
  readonly code?: AmlAuthErrorCode;
}

/** A link of a chain did not apply, and the next one was asked. */
export interface SkipEvent {
  /** The link's method, as in `CredentialDescription.method`. */
  readonly method: string;
  /** Why it did not apply; a code whose disposition is `skip`. */
  readonly code: AmlAuthErrorCode;
  /** What was missing, redacted. */
  readonly message: string;
  /** The next command or setting that would make the link apply. */
  readonly remedy?: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

/**
 * Listeners. No event holds a token, a secret, the value of claims or an assertion. What a listener
 * throws or rejects with is dropped.
 */
export interface TokenEvents {
  /** A token came, from Microsoft Entra ID or from the store. Not told of tokens in memory, nor of failures. */
  readonly onToken?: ((event: TokenEvent) => unknown) | undefined;
  /** A refresh ahead of expiry ended. Where there was no valid token, only the caller hears of a failure. */
  readonly onRefresh?: ((event: RefreshEvent) => unknown) | undefined;
  /** A chain went on to its next link. */
  readonly onSkip?: ((event: SkipEvent) => unknown) | undefined;
}

/** Listeners that are all there, as {@link joinEvents} makes them. */
export interface EventSink extends TokenEvents {
  /** Tells of a token. */
  readonly onToken: (event: TokenEvent) => void;
  /** Tells of a refresh. */
  readonly onRefresh: (event: RefreshEvent) => void;
  /** Tells of a link that did not apply. */
  readonly onSkip: (event: SkipEvent) => void;
}

/** One set of listeners that tells all of the others, in order; none of them can fail the caller. */
export function joinEvents(...all: readonly (TokenEvents | undefined)[]): EventSink {
  return {
    onToken: (event) => {
      for (const events of all) tell(events?.onToken, event);
    },
    onRefresh: (event) => {
      for (const events of all) tell(events?.onRefresh, event);
    },
    onSkip: (event) => {
      for (const events of all) tell(events?.onSkip, event);
    },
  };
}
