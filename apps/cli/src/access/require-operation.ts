import { AmlAuthError } from '@aml-auth/core';

/** An operation as Azure names it: a provider, types, and what is done, without a wildcard. */
const OPERATION = /^[a-z0-9.]+(?:\/[\w.$-]+)+$/i;

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` for what is no operation, patterns included */
export function requireOperation(action: string): void {
  if (OPERATION.test(action)) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${JSON.stringify(action.slice(0, 200))} is not an operation.`,
    remedy: 'Give one without wildcards, such as Microsoft.MachineLearningServices/workspaces/jobs/write.',
  });
}
