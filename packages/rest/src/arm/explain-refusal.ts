import { AmlAuthError, type Clock } from '@aml-auth/core';
import { timeLimit } from '../http/time-limit.js';

/**
 * Explains a refusal for lack of permission: sentences that say what is missing and what may be done, or undefined.
 * The signal ends where nobody waits any more.
 *
 * `explainError` of `@aml-auth/permissions` fills it: `(error) => explainError(error)?.lines`.
 */
export type ExplainRefusal = (
  error: AmlAuthError,
  context: {
    /** Aborted where nobody waits for the explanation any more. */
    readonly signal: AbortSignal;
  },
) => readonly string[] | undefined | Promise<readonly string[] | undefined>;

/** An explanation that takes longer than this, in milliseconds, is done without. */
const EXPLAIN_MS = 10_000;
const MOST_LINES = 20;

/**
 * The same error, with the explanation as its remedy where there is one. A refusal is told as it is where explaining
 * it fails or takes too long.
 */
export async function explainRefusal(
  error: AmlAuthError,
  explain: ExplainRefusal | undefined,
  clock: Clock,
  parent: AbortSignal | undefined,
): Promise<AmlAuthError> {
  if (explain === undefined || error.code !== 'AML_FORBIDDEN') return error;
  const limit = timeLimit(clock, EXPLAIN_MS, parent);
  try {
    const lines = await Promise.race([
      Promise.resolve(explain(error, { signal: limit.signal })),
      new Promise<undefined>((resolve) => {
        limit.signal.addEventListener('abort', () => resolve(undefined));
        if (limit.signal.aborted) resolve(undefined);
      }),
    ]);
    const said = (lines ?? []).filter((line) => typeof line === 'string' && line !== '').slice(0, MOST_LINES);
    return said.length === 0 ? error : withRemedy(error, said.join('\n'));
  } catch {
    return error;
  } finally {
    limit.end();
  }
}

function withRemedy(error: AmlAuthError, remedy: string): AmlAuthError {
  const { code, message, armCode, status, correlation, request, clockSkewMs } = error;
  const { aadsts, policyIds, retryAfterMs } = error;
  return new AmlAuthError({
    code,
    message,
    remedy,
    armCode,
    status,
    aadsts,
    policyIds,
    retryAfterMs,
    correlation,
    request,
    clockSkewMs,
    cause: error,
  });
}
