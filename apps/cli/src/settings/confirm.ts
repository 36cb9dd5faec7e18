import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../context.js';

/** The flag of commands that take something away. */
export interface ConfirmFlag {
  readonly yes: boolean;
}

/** How {@link ConfirmFlag} is parsed. */
export const confirmFlag = {
  yes: { kind: 'boolean', default: false, withNegated: false, brief: 'Do it without a question' },
} as const;

/**
 * Goes on where `--yes` was given, or a person says yes.
 *
 * @throws {AmlAuthError} `AML_CANCELLED` for a no; `AML_CONFIG_INVALID` where nobody can be asked
 */
export async function confirm(
  { mayAsk, askYes, signal }: CliContext,
  { yes }: ConfirmFlag,
  question: string,
): Promise<void> {
  if (yes) return;
  if (!mayAsk) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `Nobody can be asked: ${question}`,
      remedy: 'Give --yes where it is to be done without a question.',
    });
  }
  if (await askYes(question, signal)) return;
  throw new AmlAuthError({ code: 'AML_CANCELLED', message: 'The answer was no: nothing was changed.' });
}
