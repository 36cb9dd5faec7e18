import { isCancel, password } from '@clack/prompts';
import { AmlAuthError } from '@aml-auth/core';
import type { Readable, Writable } from 'node:stream';

/** Where the question is asked. Standard output is for data, so it is asked on standard error. */
export interface AskStreams {
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
}

/**
 * Asks a person for a secret; what is typed is shown as dots.
 *
 * @throws {AmlAuthError} `AML_CANCELLED` after Ctrl-C or Escape
 */
export async function askHidden(question: string, streams: AskStreams): Promise<string> {
  const answer = await password({ message: question, ...streams });
  if (!isCancel(answer)) return answer;
  throw new AmlAuthError({ code: 'AML_CANCELLED', message: 'The question was not answered.' });
}
