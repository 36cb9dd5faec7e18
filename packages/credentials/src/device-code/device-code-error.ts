import { AmlAuthError, restateError } from '@aml-auth/core';
import { entraError, type SignInSubject } from '../entra/entra-error.js';
import type { JsonReply } from '../lib/http/post-form.js';

/** Conditional Access blocks the sign-in. Tenants often block this flow alone. */
const BLOCKED = 53003;

/** The error for a refusal, with what helps for this flow. */
export function deviceCodeError(
  { reply, body }: JsonReply,
  subject: SignInSubject,
  now: number,
): AmlAuthError {
  const error = entraError(reply, body, subject, now);
  if (error.aadsts !== BLOCKED) return error;
  return restateError(error, {
    remedy:
      'A Conditional Access policy blocks this sign-in, as many do for device codes: use another method, such as fromBrowser(), or fromAzureCli() after "az login".',
  });
}

/** The person said no. */
export function declined({ clientId, tenantId }: SignInSubject): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_INTERACTION_REQUIRED',
    message: `The sign-in of application ${clientId} to tenant ${tenantId} was declined on the other device.`,
    remedy: 'Start again and accept it there.',
  });
}

/** Nobody entered the code in time. */
export function tooLate({ clientId, tenantId }: SignInSubject): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_TIMEOUT',
    message: `Nobody finished the sign-in of application ${clientId} to tenant ${tenantId} in time.`,
    remedy: 'Start again and enter the new code, or raise timeLimitMs.',
  });
}
