import type { CliContext } from '../../../context.js';
import { printable } from '../../../output/printable.js';
import { startProgress } from '../../../output/progress.js';
import { parseDuration } from '../../../settings/parse-duration.js';
import { openWorkspace } from '../open-workspace.js';
import type { EndpointScoreFlags } from './command.js';
import { readInput } from './read-input.js';

/** Runs `aml-auth endpoint score`. The answer is data of the model's making: it goes out as it came. */
export async function score(
  context: CliContext,
  flags: EndpointScoreFlags,
  name: string,
  file?: string,
): Promise<void> {
  const { data, contentType, deployment, retry, timeLimit, showDeployment } = flags;
  const input = await readInput(context, { file, data, contentType });
  const timeLimitMs = timeLimit === undefined ? undefined : parseDuration(timeLimit);
  const { arm, ref } = await openWorkspace(context, flags);
  const { signal, messages } = context;
  const { stdout, stderr } = context.process;
  const progress = startProgress(context, messages.say.waiting());
  const answer = await arm
    .endpoint(ref, name)
    .score(input, { deployment, contentType, retry, timeLimitMs, signal })
    .finally(progress.stop);
  if (showDeployment) {
    const { deployment: answered = '-', requestId = '-' } = answer;
    stderr.write(`deployment ${printable(answered)}, request ${printable(requestId)}\n`);
  }
  stdout.write(answer.text);
  // A prompt of the shell begins on a line of its own; a pipe gets what came and nothing more.
  if (stdout.isTTY === true && !answer.text.endsWith('\n')) stdout.write('\n');
}
