import type { Operation } from '@aml-auth/rest';
import type { CliContext } from '../../context.js';
import { startProgress } from '../../output/progress.js';

/** Waits for the operation, with a line of progress on a terminal; with `--no-wait` only says how far it is. */
export async function finish<T>(
  context: CliContext,
  operation: Operation<T>,
  wait: boolean,
): Promise<T | { readonly state: string }> {
  if (!wait) return { state: operation.progress.state };
  const progress = startProgress(context, context.messages.say.waiting());
  try {
    return await operation.result({
      signal: context.signal,
      onProgress: ({ state }) => {
        progress.update(`${context.messages.say.waiting()} (${state})`);
      },
    });
  } finally {
    progress.stop();
  }
}
