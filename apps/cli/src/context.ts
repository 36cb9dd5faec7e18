import type { CommandContext, StricliProcess } from '@stricli/core';

/** A stream that a command writes to. */
export interface OutputStream {
  write(text: string): void;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** The process as a command sees it: the outside world comes in here and nowhere else. */
export interface CliProcess extends StricliProcess {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Partial<Record<string, string>>>;
}

/** What every command gets as `this`. */
export interface CliContext extends CommandContext {
  readonly process: CliProcess;
  /** Reads all of standard input as text. */
  readonly readStdin: () => Promise<string>;
  /** Aborted by Ctrl-C and by a polite request to end. */
  readonly signal: AbortSignal;
}

/** The context of the real process. */
export function processContext(): CliContext {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    // Once: a second Ctrl-C meets the default action and ends the process at once.
    process.once(name, () => {
      controller.abort();
    });
  }
  return { process: process as CliProcess, readStdin, signal: controller.signal };
}

async function readStdin(): Promise<string> {
  const { text } = await import('node:stream/consumers');
  return text(process.stdin);
}
