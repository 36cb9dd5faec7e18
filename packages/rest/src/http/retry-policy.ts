/** Whether a request may be repeated: `safe` by its method (default), `always`, or `never`. */
export type RetryMode = 'safe' | 'always' | 'never';

/** How one attempt failed. */
export type Failure =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'network' };

/** What {@link retryDelayMs} decides on. Times in milliseconds. */
export interface FailedAttempt {
  readonly method: string;
  readonly mode: RetryMode;
  readonly failure: Failure;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly retryAfterMs: number | undefined;
  /** What is left of the time limit of the whole operation. */
  readonly remainingMs: number;
  /** From 0 to below 1. */
  readonly random: number;
}

/** Their waits outlast ten seconds of failures even where jitter makes each as short as it may be. */
const MAX_ATTEMPTS = 6;
const FIRST_SPREAD_MS = 1_000;
const MAX_SPREAD_MS = 30_000;
const TEMPORARY = new Set([408, 429, 500, 502, 503, 504]);

/**
 * How long to wait before the next attempt, in milliseconds, or undefined for none.
 *
 * What the service asks for is a floor, never shortened: where it does not fit into the time that
 * is left there is no next attempt. On top comes a back-off that doubles, with jitter.
 */
export function retryDelayMs(failed: FailedAttempt): number | undefined {
  if (failed.attempt >= MAX_ATTEMPTS || !mayRepeat(failed)) return undefined;
  const spread = Math.min(MAX_SPREAD_MS, FIRST_SPREAD_MS * 2 ** (failed.attempt - 1));
  const delay = (failed.retryAfterMs ?? 0) + spread * (0.5 + failed.random / 2);
  return delay < failed.remainingMs ? delay : undefined;
}

function mayRepeat({ method, mode, failure }: FailedAttempt): boolean {
  if (mode === 'never') return false;
  if (failure.kind === 'status' && !TEMPORARY.has(failure.status)) return false;
  if (mode === 'always' || method === 'GET' || method === 'HEAD') return true;
  if (method !== 'PUT' && method !== 'DELETE') return false;
  // Behind a gateway timeout ARM may still be at work: a second write would run beside the first.
  return !(failure.kind === 'timeout' || (failure.kind === 'status' && failure.status === 504));
}
