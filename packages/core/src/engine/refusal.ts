import { isAmlAuthError, type AmlAuthError, type AmlAuthErrorCode } from '../errors.js';

/** Asking again with the same credential has the same end, and can lock the account. */
const FINAL: ReadonlySet<AmlAuthErrorCode> = new Set(['AML_CREDENTIAL_REJECTED', 'AML_IDENTITY_MISMATCH']);
/** Final where a service said so; found out locally they cost nothing, and a setting may appear. */
const FINAL_FROM_SERVICE: ReadonlySet<AmlAuthErrorCode> = new Set([
  'AML_CONFIG_INVALID',
  'AML_INTERACTION_REQUIRED',
]);

/** Shortest time between a failed refresh and the next one, in milliseconds. */
const AFTER_FAILURE_MS = 10_000;
/** Longest wait that a service is granted, in milliseconds: nobody is shut out by a mistake in a header. */
const LONGEST_WAIT_MS = 5 * 60_000;
/** Spreads the attempts of a fleet over this share of the wait. */
const JITTER_SHARE = 0.2;

/** What a failure means for the calls after it. Times in milliseconds. */
export interface AfterFailure {
  /** No refresh starts before this time has passed. */
  readonly waitMs: number;
  /** What calls without a valid token are answered with until then; undefined where they may try at once. */
  readonly answer: AmlAuthError | undefined;
  /** True where a service said so: it would say the same to another process with the same credential. */
  readonly concernsAll: boolean;
}

/**
 * Decides how long a failure is remembered. A refusal is, so that a busy program does not lock an
 * account; so is a service that asks to wait. An outage is not: it may heal at once.
 *
 * @param random - a number from 0 to below 1, for the jitter
 * @param remembers - whether the method wants this failure remembered although it is no refusal
 */
export function afterFailure(
  error: unknown,
  random: number,
  remembers: (error: AmlAuthError) => boolean = () => false,
): AfterFailure {
  const known = isAmlAuthError(error) ? error : undefined;
  const asked = Math.min(known?.retryAfterMs ?? 0, LONGEST_WAIT_MS);
  const waitMs = Math.max(AFTER_FAILURE_MS, asked) * (1 + JITTER_SHARE * random);
  const concernsAll = known?.status !== undefined;
  if (known !== undefined && isFinal(known)) return { waitMs, answer: known, concernsAll };
  if (known !== undefined && remembers(known)) return { waitMs, answer: known, concernsAll: false };
  const mustWait = known?.code === 'AML_THROTTLED' && asked > 0;
  if (mustWait) return { waitMs: asked, answer: known, concernsAll };
  return { waitMs, answer: undefined, concernsAll: false };
}

function isFinal({ code, status }: AmlAuthError): boolean {
  return FINAL.has(code) || (status !== undefined && FINAL_FROM_SERVICE.has(code));
}
