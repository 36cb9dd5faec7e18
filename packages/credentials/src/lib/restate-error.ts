import { AmlAuthError, type AmlAuthErrorInit } from '@aml-auth/core';

/** The same error with another code, remedy or message; everything else stays. */
export function restateError(
  error: AmlAuthError,
  change: Partial<Pick<AmlAuthErrorInit, 'code' | 'message' | 'remedy'>>,
): AmlAuthError {
  const {
    code,
    message,
    remedy,
    aadsts,
    status,
    correlation,
    suberror,
    claims,
    policyIds,
    retryAfterMs,
    cause,
  } = error;
  return new AmlAuthError({
    ...{
      code,
      message,
      remedy,
      aadsts,
      status,
      correlation,
      suberror,
      claims,
      policyIds,
      retryAfterMs,
      cause,
    },
    ...change,
  });
}
