import { proposeCompletions, type Application } from '@stricli/core';
import type { CliContext } from './context.js';

/** Tells the scripts of `aml-auth completion` to propose no files (`ShellCompDirectiveNoFileComp`). */
const NO_FILES = 4;

/**
 * Answers the scripts of `aml-auth completion`: a proposal a line, a tab and what it is, and a directive at the end. An
 * error is no proposal: it would end up on the screen while somebody types.
 *
 * @param words - those of the line so far, without the program; the last one is being typed
 */
export async function complete(
  application: Application<CliContext>,
  words: readonly string[],
  context: CliContext,
): Promise<void> {
  const proposals = await proposeCompletions(application, apart(words), context).catch(() => []);
  for (const { completion, brief } of proposals) {
    context.process.stdout.write(`${completion}\t${brief.replaceAll(/[\n\t]/g, ' ')}\n`);
  }
  context.process.stdout.write(`:${NO_FILES}\n`);
}

/** An option that is written together with the beginning of its value, as two words. */
function apart(words: readonly string[]): readonly string[] {
  const [, option, value] = /^(--[^=]+)=(.*)$/s.exec(words.at(-1) ?? '') ?? [];
  if (option !== undefined && value !== undefined) return [...words.slice(0, -1), option, value];
  return words.length === 0 ? [''] : words;
}
