import { AmlAuthError, type AmlAuthErrorInit } from './errors.js';

/**
 * The same error in other words: all its facts for support stay, and the first one becomes the cause.
 *
 * @param change - what is said otherwise
 */
export function restateError(
  error: AmlAuthError,
  change: Partial<Pick<AmlAuthErrorInit, 'code' | 'message' | 'remedy' | 'steps'>>,
): AmlAuthError {
  const kept: Required<Omit<AmlAuthErrorInit, 'cause'>> = {
    code: error.code,
    message: error.message,
    remedy: error.remedy,
    aadsts: error.aadsts,
    armCode: error.armCode,
    status: error.status,
    correlation: error.correlation,
    suberror: error.suberror,
    claims: error.claims,
    policyIds: error.policyIds,
    retryAfterMs: error.retryAfterMs,
    attempts: error.attempts,
    steps: error.steps,
    request: error.request,
    clockSkewMs: error.clockSkewMs,
  };
  return new AmlAuthError({ ...kept, ...change, cause: error });
}
