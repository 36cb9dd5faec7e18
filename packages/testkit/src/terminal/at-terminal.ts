import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { TERMINAL_SCRIPT } from './terminal-script.js';

/** What is typed, and when. */
export interface TerminalStep {
  /** Typed once this has been shown after what the step before waited for. */
  readonly waitFor: string;
  /** As a terminal sends it: `\r` is Enter, `\u007f` backspace, `\u0003` Ctrl-C. */
  readonly type: string;
}

/** A program at a terminal. */
export interface TerminalRun {
  /** The program and its arguments. */
  readonly program: readonly string[];
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Default: that of this process. */
  readonly cwd?: string | undefined;
  /** Width of the terminal. Default 80. */
  readonly columns?: number | undefined;
  /** What a person types, in order. Default: nothing. */
  readonly steps?: readonly TerminalStep[] | undefined;
}

/** How the program ended at a terminal, and what was shown there. */
export interface TerminalOutcome {
  /** Minus its number where a signal ended it. */
  readonly code: number;
  /** Everything that was written to the terminal, with its escape sequences. */
  readonly shown: string;
  /** Whether the terminal was left as it was. */
  readonly restored: boolean;
  /** For each step, whether the terminal itself would have shown what was typed. */
  readonly echoes: readonly boolean[];
  /** Steps that were never reached. */
  readonly left: number;
}

/** Whether there is a Python that has pseudo terminals; none is on Windows. */
export function hasTerminal(): boolean {
  return spawnSync('python3', ['-c', 'import pty, termios']).status === 0;
}

/** Runs a program at a terminal of its own to its end. */
export async function atTerminal({
  program,
  env,
  cwd,
  columns = 80,
  steps = [],
}: TerminalRun): Promise<TerminalOutcome> {
  const { stdout } = await promisify(execFile)(
    'python3',
    ['-c', TERMINAL_SCRIPT, JSON.stringify({ program, columns, steps })],
    // What waits for a text that never comes is ended, and the test fails.
    { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
  );
  return JSON.parse(stdout) as TerminalOutcome;
}
