import { confirm, isCancel } from '@clack/prompts';
import { AmlAuthError } from '@aml-auth/core';
import type { AskStreams } from './ask-hidden.js';

/**
 * Asks a person for a yes or a no, on standard error as standard output is for data. No is what Enter alone gives.
 *
 * @throws {AmlAuthError} `AML_CANCELLED` after Ctrl-C or Escape
 */
export async function askConfirmation(question: string, streams: AskStreams): Promise<boolean> {
  const answer = await confirm({ message: question, initialValue: false, ...streams });
  if (!isCancel(answer)) return answer;
  throw new AmlAuthError({ code: 'AML_CANCELLED', message: 'The question was not answered.' });
}
