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
  /**
   * Hands signals that ask the program to end to a listener, instead of their default action.
   *
   * @returns how to stop listening
   */
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => () => void;
  /** Whether a person at a terminal runs the program: Ctrl-C then reaches its children too. */
  readonly isTerminal: boolean;
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
  return {
    process: process as CliProcess,
    readStdin,
    signal: controller.signal,
    onSignal,
    isTerminal: (process.stdin as { isTTY?: boolean }).isTTY === true,
  };
}

function onSignal(listener: (name: NodeJS.Signals) => void): () => void {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, listener);
  return () => {
    for (const name of names) process.off(name, listener);
  };
}

async function readStdin(): Promise<string> {
  const { text } = await import('node:stream/consumers');
  return text(process.stdin);
}
