import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MAIN } from './aml-auth.js';

const SCRIPT = fileURLToPath(new URL('terminal.py', import.meta.url));

/** How the program ended at a terminal, and what was shown there. */
export interface TerminalOutcome {
  /** Minus its number where a signal ended it. */
  readonly code: number;
  readonly shown: string;
  /** Whether the terminal was left as it was. */
  readonly restored: boolean;
}

/** What happens at the terminal. */
export interface AtTerminal {
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** What is typed once something is shown. */
  readonly waitFor?: string;
  readonly typed?: string;
}

/** Runs the built program at a terminal, by Python: Node.js has none to give. */
export async function inTerminal(
  args: readonly string[],
  { env, columns = 80, waitFor = '', typed = '' }: AtTerminal,
): Promise<TerminalOutcome> {
  const { stdout } = await promisify(execFile)(
    'python3',
    [SCRIPT, String(columns), waitFor, typed, process.execPath, MAIN, ...args],
    { env: { PATH: process.env['PATH'], TERM: 'xterm', ...env } },
  );
  return JSON.parse(stdout) as TerminalOutcome;
}
