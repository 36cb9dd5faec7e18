import { AmlAuthError, type AmlAuthErrorInit } from '@aml-auth/core';

/** The same error, with its facts for support, and other words or steps. The first one becomes the cause. */
export function restateError(
  error: AmlAuthError,
  change: Partial<Pick<AmlAuthErrorInit, 'code' | 'message' | 'remedy' | 'steps'>>,
): AmlAuthError {
  const { code, message, remedy, armCode, status, correlation, claims, policyIds, aadsts } = error;
  const { suberror, retryAfterMs, request, clockSkewMs, attempts } = error;
  return new AmlAuthError({
    ...{ code, message, remedy, armCode, status, correlation, claims, policyIds, aadsts },
    ...{ suberror, retryAfterMs, request, clockSkewMs, attempts },
    ...change,
    cause: error,
  });
}
