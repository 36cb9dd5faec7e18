import { networkError, type AmlAuthError } from '@aml-auth/core';

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ALTNAME/;

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
  return ours.has(error) && !CERTIFICATE.test(systemCode(error.cause));
}

function systemCode(cause: unknown): string {
  let current = cause;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    const { code, cause: next } = current as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') return code;
    current = next;
  }
  return '';
}
