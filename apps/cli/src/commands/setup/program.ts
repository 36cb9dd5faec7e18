import type { CliContext } from '../../context.js';
import { shellWord } from '../../output/shell-word.js';
import { mergeIntoFile, whole } from './merge-into-file.js';
import type { SetupFlags } from './setup-flags.js';

/**
 * Prints a program, or writes it to the file that was asked for, and says how it is run.
 *
 * @param runs - the program of the language, such as `python3`
 * @param usual - what the file is called in the command where it was printed
 */
export async function giveProgram(
  context: CliContext,
  flags: SetupFlags,
  { text, runs, usual }: { readonly text: string; readonly runs: string; readonly usual: string },
): Promise<void> {
  if (flags.file === undefined) context.process.stdout.write(text);
  else await mergeIntoFile(context, flags, flags.file, whole(text));
  const command = `aml-auth exec -- ${runs} ${shellWord(flags.file ?? usual)}`;
  context.process.stderr.write(`${context.messages.say.runWith(command)}\n`);
}
