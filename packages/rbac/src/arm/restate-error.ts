import { AmlAuthError, type AmlAuthErrorInit } from '@aml-auth/core';

/** The same error, with its facts for support, and other words or steps. The first one becomes the cause. */
export function restateError(
  error: AmlAuthError,
  change: Partial<Pick<AmlAuthErrorInit, 'code' | 'message' | 'remedy' | 'steps'>>,
): AmlAuthError {
  return new AmlAuthError({
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
    ...change,
    cause: error,
  });
}
