import { AmlAuthError } from '@aml-auth/core';

const broken = new WeakSet<AmlAuthError>();

/** An error about a file of this program's own on this machine: settings, accounts, cache. Ends with exit code 8. */
export function localStateError(message: string, remedy: string, cause?: unknown): AmlAuthError {
  const error = new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy, cause });
  broken.add(error);
  return error;
}

/** Whether the error is one of {@link localStateError}. */
export function isLocalStateError(error: AmlAuthError): boolean {
  return broken.has(error);
}
