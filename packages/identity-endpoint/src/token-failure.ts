import { toAmlAuthError } from '@aml-auth/core';

/** The reply to a request for a token that the credential did not give. */
export interface TokenFailure {
  readonly status: number;
  readonly message: string;
  /** Whole seconds, where the service asked to wait. */
  readonly retryAfterSec: number | undefined;
}

/**
 * The status tells SDKs whether to try again: they do so after 429 and 5xx, and give up after 400.
 * The message carries the code and the remedy, so that whoever reads the SDK's error can act.
 */
export function tokenFailure(thrown: unknown): TokenFailure {
  const error = toAmlAuthError(thrown);
  const { code, message, remedy, retryAfterMs } = error;
  const status = code === 'AML_THROTTLED' ? 429 : error.retryable ? 503 : 400;
  return {
    status,
    message: [`${code}: ${message}`, remedy].filter((part) => part !== undefined).join(' '),
    retryAfterSec: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000),
  };
}
