import type { AmlAuthError, AmlAuthErrorCode } from '@aml-auth/core';
import { builtins } from './files/builtins.js';
import { isLocalStateError } from './local-state-error.js';

/** The exit codes of the command line. Part of its contract: scripts decide by them. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  /** A comparison was made, and found a difference. */
  differs: 3,
  signInNeeded: 4,
  forbidden: 5,
  notFound: 6,
  temporary: 7,
  localState: 8,
  notExecutable: 126,
  programNotFound: 127,
  interrupted: 130,
} as const;

const BY_CODE: Readonly<Record<AmlAuthErrorCode, number>> = {
  AML_CONFIG_INVALID: EXIT.usage,
  AML_NOT_CONFIGURED: EXIT.signInNeeded,
  AML_UNAVAILABLE: EXIT.signInNeeded,
  AML_CHAIN_EXHAUSTED: EXIT.signInNeeded,
  AML_CREDENTIAL_REJECTED: EXIT.signInNeeded,
  AML_INTERACTION_REQUIRED: EXIT.signInNeeded,
  AML_IDENTITY_MISMATCH: EXIT.signInNeeded,
  AML_UNAUTHENTICATED: EXIT.signInNeeded,
  AML_FORBIDDEN: EXIT.forbidden,
  AML_NOT_FOUND: EXIT.notFound,
  AML_CONFLICT: EXIT.unexpected,
  AML_AMBIGUOUS: EXIT.usage,
  AML_REQUEST_REJECTED: EXIT.unexpected,
  AML_RESPONSE_INVALID: EXIT.unexpected,
  AML_UNTRUSTED_HOST: EXIT.unexpected,
  AML_THROTTLED: EXIT.temporary,
  AML_SERVICE_UNAVAILABLE: EXIT.temporary,
  AML_NETWORK: EXIT.temporary,
  AML_TIMEOUT: EXIT.temporary,
  AML_CANCELLED: EXIT.interrupted,
  AML_UNEXPECTED: EXIT.unexpected,
};

/**
 * The exit code that an error ends the program with.
 *
 * @param signal - what ended the work, where it was cancelled: as in shells 128 and its number
 */
export function exitCodeOf(error: AmlAuthError, signal: NodeJS.Signals = 'SIGINT'): number {
  if (isLocalStateError(error)) return EXIT.localState;
  return error.code === 'AML_CANCELLED' ? 128 + builtins.os.constants.signals[signal] : BY_CODE[error.code];
}
