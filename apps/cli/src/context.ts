import type { BaseArgs, CommandContext, StricliProcess } from '@stricli/core';
import type { Run } from './define-command.js';
import type { Messages } from './messages/messages.js';

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

/** Whether the program that has started this one is still there. */
export interface ParentWatch {
  readonly gone: AbortSignal;
  readonly stop: () => void;
}

/** What every command gets as `this`. */
export interface CliContext extends CommandContext {
  readonly process: CliProcess;
  /** The texts for people. */
  readonly messages: Messages;
  /** The folder that the program was started in. */
  readonly cwd: string;
  /** Reads all of standard input as text. */
  readonly readStdin: () => Promise<string>;
  /** Asks the person at the terminal for a secret, which is not shown. */
  readonly askSecret: (question: string, signal: AbortSignal) => Promise<string>;
  /** Asks the person at the terminal a question that is answered with yes or no. */
  readonly askYes: (question: string, signal: AbortSignal) => Promise<boolean>;
  /** Aborted by Ctrl-C, by a polite request to end, and by the end of the terminal. */
  readonly signal: AbortSignal;
  /** Which of these it was; undefined as long as nobody wants the program to end. */
  readonly endedBy: () => NodeJS.Signals | undefined;
  /**
   * Hands signals that ask the program to end to a listener, instead of their default action.
   *
   * @returns how to stop listening
   */
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => () => void;
  /** Watches the program that has started this one. Its end is seen within a second. */
  readonly watchParent: () => ParentWatch;
  /** Whether a person at a terminal runs the program: Ctrl-C then reaches its children too. */
  readonly isTerminal: boolean;
  /** Whether a person may be asked: there is a terminal, no CI system, and no `--no-input`. */
  readonly mayAsk: boolean;
  /** Whether `--no-input` was given. */
  readonly noInput: boolean;
  /** Which streams get colours. */
  readonly colour: { readonly stdout: boolean };
  /** Loads and runs a command whose options have been parsed. */
  readonly execute: (
    load: () => Promise<Run<unknown, BaseArgs>>,
    context: CliContext,
    flags: unknown,
    args: BaseArgs,
  ) => Promise<void>;
}

/** What {@link processContext} cannot see by itself. */
export interface ProcessWishes {
  readonly messages: Messages;
  /** False: no colours, whatever the terminal can. */
  readonly color: boolean;
}

/** How often it is looked whether the parent is still there. */
const PARENT_INTERVAL_MS = 500;

/** The context of the real process. */
export function processContext({ messages, color }: ProcessWishes): CliContext {
  const controller = new AbortController();
  let signalName: NodeJS.Signals | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Once: a second Ctrl-C meets the default action and ends the process at once.
    process.once(name, () => {
      signalName ??= name;
      controller.abort();
    });
  }
  return {
    process: process as CliProcess,
    messages,
    cwd: currentFolder(),
    readStdin,
    askSecret,
    askYes,
    signal: controller.signal,
    endedBy: () => signalName,
    onSignal,
    watchParent,
    // Found out where it is asked: standard input is made when it is first touched, which few commands do.
    get isTerminal() {
      return (process.stdin as { isTTY?: boolean }).isTTY === true;
    },
    get mayAsk() {
      return this.isTerminal && !process.env['CI'];
    },
    noInput: false,
    colour: { stdout: color && process.stdout.isTTY && process.stdout.hasColors() },
    execute: async (load, context, flags, args) => (await load())(context, flags, ...args),
  };
}

/** A folder that was removed meanwhile: nothing is found in it, and no file can be made there. */
const REMOVED_FOLDER = '/proc/self/cwd';

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return REMOVED_FOLDER;
  }
}

function onSignal(listener: (name: NodeJS.Signals) => void): () => void {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, listener);
  return () => {
    for (const name of names) process.off(name, listener);
  };
}

/** A process whose parent has ended belongs to another one. */
function watchParent(): ParentWatch {
  const parent = process.ppid;
  const controller = new AbortController();
  const timer = setInterval(() => {
    if (process.ppid !== parent) controller.abort();
  }, PARENT_INTERVAL_MS);
  timer.unref();
  return {
    gone: controller.signal,
    stop: () => {
      clearInterval(timer);
    },
  };
}

async function readStdin(): Promise<string> {
  const { text } = await import('node:stream/consumers');
  return text(process.stdin);
}

async function askSecret(question: string, signal: AbortSignal): Promise<string> {
  const { askHidden } = await import('./ask-hidden.js');
  return askHidden(question, { input: process.stdin, output: process.stderr, signal });
}

async function askYes(question: string, signal: AbortSignal): Promise<boolean> {
  const { askConfirmation } = await import('./ask-confirmation.js');
  return askConfirmation(question, { input: process.stdin, output: process.stderr, signal });
}
