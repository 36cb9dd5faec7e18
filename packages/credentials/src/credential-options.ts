import type { Clock, Cloud, Logger, TokenEvents, TokenStore } from '@aml-auth/core';

/** Options that every credential of this package takes. */
export interface CredentialOptions {
  /** Which Azure cloud. Default: the public one. */
  readonly cloud?: Cloud | undefined;
  /** Where tokens live beyond this object. Default: nowhere. */
  readonly tokenStore?: TokenStore | undefined;
  /** Receives events. Default: none. */
  readonly logger?: Logger | undefined;
  /** Listeners for tokens and refreshes; `node:diagnostics_channel` has the same events. Default: none. */
  readonly events?: TokenEvents | undefined;
  /** Default: the global `fetch`, looked up at each request. */
  readonly fetch?: typeof fetch | undefined;
  /** Longest time for one token, retries included. Default 60,000 milliseconds. */
  readonly timeLimitMs?: number | undefined;
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}
