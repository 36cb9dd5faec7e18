import { isUntrustedCertificate, networkError, type AmlAuthError } from '@aml-auth/core';

/** A credential can fail with `AML_NETWORK` too, after attempts of its own: these here are ours. */
const ours = new WeakSet<AmlAuthError>();

/** `AML_NETWORK` for a request that got no answer, or broke off in the middle of one. */
export function transportFailure(url: string | URL, cause: unknown): AmlAuthError {
  const error = networkError({ url, cause });
  ours.add(error);
  return error;
}

/** True for a {@link transportFailure} that may not meet the next attempt: not for a refused certificate. */
export function isPassingFailure(error: AmlAuthError): boolean {
  return ours.has(error) && !isUntrustedCertificate(error);
}
