import { isAmlAuthError, isUntrustedCertificate, retryAfterMs, type AmlAuthError } from '@aml-auth/core';
import type { IncomingReply } from './sender.js';

/** A host that cannot be reached, or asks to slow down: within some seconds the caller should know. */
const MAX_ATTEMPTS = 4;
/** A service that is there and fails: with the delays below, ten seconds of it go unnoticed. */
const MAX_ATTEMPTS_OF_FAILING = 6;
const FIRST_DELAY_MS = 500;
const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Decides as {@link nextDelay} does. */
export type RetryPolicy = typeof nextDelay;

/** True where no answer came. */
export function isOutage(outcome: IncomingReply | AmlAuthError): outcome is AmlAuthError {
  return isAmlAuthError(outcome);
}

/**
 * How long to wait before the request is sent again, in milliseconds; undefined where it is not.
 * Doubles from half a second, with jitter in the last quarter, and `Retry-After` as the floor.
 *
 * @param attempt - which attempt this was, from 1
 * @param now - wall time in milliseconds since the epoch, for a `Retry-After` that is a date
 * @param random - a number from 0 to below 1
 */
export function nextDelay(
  outcome: IncomingReply | AmlAuthError,
  attempt: number,
  now: number,
  random: number,
): number | undefined {
  if (attempt >= mostAttempts(outcome) || !mayHeal(outcome)) return undefined;
  const growing = FIRST_DELAY_MS * 2 ** (attempt - 1);
  const jittered = growing * (0.75 + random / 4);
  return Math.max(jittered, isOutage(outcome) ? 0 : (retryAfterMs(outcome.headers, now) ?? 0));
}

function mostAttempts(outcome: IncomingReply | AmlAuthError): number {
  return !isOutage(outcome) && outcome.status >= 500 ? MAX_ATTEMPTS_OF_FAILING : MAX_ATTEMPTS;
}

function mayHeal(outcome: IncomingReply | AmlAuthError): boolean {
  if (!isOutage(outcome)) return RETRIED_STATUSES.has(outcome.status);
  return outcome.code === 'AML_NETWORK' && !isUntrustedCertificate(outcome);
}
