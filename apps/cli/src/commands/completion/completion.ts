import { script } from '@bomb.sh/tab';
import type { CliContext } from '../../context.js';
import { BASH_SCRIPT } from './bash-script.js';
import type { SHELLS } from './command.js';

/** Runs `aml-auth completion`. The library writes its scripts to standard output by itself; its own for bash has needs. */
export function completion(
  { process }: CliContext,
  _flags: object,
  shell: (typeof SHELLS)[number],
): Promise<void> {
  if (shell === 'bash') process.stdout.write(BASH_SCRIPT);
  else script(shell, 'aml-auth', 'aml-auth');
  return Promise.resolve();
}
