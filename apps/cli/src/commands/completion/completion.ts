import { script } from '@bomb.sh/tab';
import type { CliContext } from '../../context.js';
import type { SHELLS } from './command.js';

/** Runs `aml-auth completion`. The library writes the script to standard output by itself. */
export function completion(
  _context: CliContext,
  _flags: object,
  shell: (typeof SHELLS)[number],
): Promise<void> {
  script(shell, 'aml-auth', 'aml-auth');
  return Promise.resolve();
}
