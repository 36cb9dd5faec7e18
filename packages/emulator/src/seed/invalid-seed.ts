import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';

const PREFIX = 'The seed of the emulator is not valid. ';

/** `AML_CONFIG_INVALID` about a seed. */
export function invalidSeed(problem: string, cause?: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${PREFIX}${problem}`,
    remedy: 'Correct the seed; README.md of @aml-auth/emulator shows its form.',
    cause,
  });
}

/** What {@link invalidSeed} was told, without what stands around it. */
export function problemOf(error: unknown): string {
  if (isAmlAuthError(error)) return error.message.replace(PREFIX, '');
  throw error;
}
