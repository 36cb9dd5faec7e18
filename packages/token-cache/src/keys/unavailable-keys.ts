import { AmlAuthError } from '@aml-auth/core';

/** A source of keys that cannot be used here. */
export function unavailableKeys(what: string, remedy: string, cause?: unknown): AmlAuthError {
  return new AmlAuthError({ code: 'AML_UNAVAILABLE', message: what, remedy, cause });
}
