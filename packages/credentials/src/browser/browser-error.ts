import { AmlAuthError, restateError } from '@aml-auth/core';
import { entraError, type SignInSubject } from '../entra/entra-error.js';

/**
 * The typed error for a refusal that the browser brought (RFC 6749 section 4.1.2.1). The fields came with
 * the state of this sign-in, and are redacted like all texts from outside.
 *
 * @param now - wall time in milliseconds since the epoch
 */
export function browserError(fields: URLSearchParams, subject: SignInSubject, now: number): AmlAuthError {
  const body = Object.fromEntries(fields);
  const error = entraError({ status: 400, headers: new Headers(), text: '' }, body, subject, now);
  const isUnknown = error.aadsts === undefined || error.code === 'AML_CREDENTIAL_REJECTED';
  if (fields.get('error') !== 'access_denied' || !isUnknown) return error;
  return restateError(error, {
    code: 'AML_INTERACTION_REQUIRED',
    remedy: 'Sign in again, and accept what the application asks for.',
  });
}

/** Nobody finished in time. */
export function tooLate({ clientId, tenantId }: SignInSubject, limitMs: number): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `Nobody finished the sign-in of application ${clientId} to tenant ${tenantId} in the browser within ${limitMs / 1000} seconds.`,
    remedy:
      'Try again and finish it in the browser, raise timeLimitMs, or use fromDeviceCode() where no browser opens.',
  });
}

/** The token does not belong to the request that was made. */
export function foreignAnswer({ authorityHost }: SignInSubject, what: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_RESPONSE_INVALID',
    message: `${authorityHost} answered another sign-in than the one that was started: ${what}.`,
    remedy: 'Nothing was kept; try again, and check what stands between the browser and the authority.',
  });
}
