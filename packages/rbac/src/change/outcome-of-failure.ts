import type { AmlAuthError } from '@aml-auth/core';

/** After these it is open whether the service carried a write out. */
const NO_ANSWER: ReadonlySet<string> = new Set([
  'AML_TIMEOUT',
  'AML_NETWORK',
  'AML_SERVICE_UNAVAILABLE',
  'AML_CANCELLED',
  'AML_RESPONSE_INVALID',
  'AML_UNEXPECTED',
]);

/** What became of the step that ended with this error. */
export function outcomeOfFailure({ code }: AmlAuthError): 'failed' | 'unclear' {
  return NO_ANSWER.has(code) ? 'unclear' : 'failed';
}
