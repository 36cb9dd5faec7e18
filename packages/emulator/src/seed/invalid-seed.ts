import { AmlAuthError } from '@aml-auth/core';

/** `AML_CONFIG_INVALID` about a seed. */
export function invalidSeed(problem: string, cause?: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The seed of the emulator is not valid. ${problem}`,
    remedy: 'Correct the seed; README.md of @aml-auth/emulator shows its form.',
    cause,
  });
}
