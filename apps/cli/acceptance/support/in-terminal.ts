import { atTerminal, type TerminalOutcome, type TerminalStep } from '@aml-auth/testkit/terminal';
import { MAIN } from './aml-auth.js';

/** What happens at the terminal. */
export interface AtTerminal {
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** What is typed once something is shown. */
  readonly waitFor?: string;
  readonly typed?: string;
  /** More of it. */
  readonly steps?: readonly TerminalStep[];
}

/** Runs the built program at a terminal. */
export function inTerminal(
  args: readonly string[],
  { env, columns, waitFor, typed = '', steps = [] }: AtTerminal,
): Promise<TerminalOutcome> {
  return atTerminal({
    program: [process.execPath, MAIN, ...args],
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env },
    columns,
    steps: waitFor === undefined ? steps : [{ waitFor, type: typed }, ...steps],
  });
}
