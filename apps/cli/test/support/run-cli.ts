import { run } from '@stricli/core';
import { application, type ApplicationOptions } from '../../src/application.js';
import type { CliContext } from '../../src/context.js';
import { EXIT } from '../../src/exit-code.js';
import { english } from '../../src/messages/english.js';

/** How a command ended, and what it wrote. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The world that a command runs in. */
export interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
  /** Changes to the context beyond these. */
  readonly context?: Partial<CliContext>;
  readonly application?: ApplicationOptions;
  /** A terminal of so many columns as standard output. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
  /** Told of everything that is written to standard error, as it is written. */
  readonly onStderr?: (text: string) => void;
}

/** Runs the command line from its sources in this process. */
export async function runCli(args: readonly string[], world: World = {}): Promise<Outcome> {
  const out = { stdout: '', stderr: '' };
  const { env = {}, input = '', columns } = world;
  const messages = world.application?.messages ?? english;
  const context: CliContext = {
    process: {
      env,
      exitCode: undefined as number | undefined,
      stdout: {
        write: (text) => void (out.stdout += text),
        ...(columns === undefined ? {} : { isTTY: true, columns }),
      },
      stderr: {
        write: (text) => {
          out.stderr += text;
          world.onStderr?.(text);
        },
      },
    } as CliContext['process'],
    messages,
    cwd: world.cwd ?? '/',
    readStdin: () => Promise.resolve(input),
    askYes: () => Promise.reject(new Error('Nobody is there.')),
    askSecret: () => Promise.reject(new Error('Nobody is there.')),
    signal: world.signal ?? new AbortController().signal,
    endedBy: () => undefined,
    onSignal: () => () => undefined,
    watchParent: () => ({ gone: new AbortController().signal, stop: () => undefined }),
    isTerminal: false,
    mayAsk: false,
    noInput: false,
    colour: { stdout: false },
    execute: async (load, own, flags, rest) => (await load())(own, flags, ...rest),
    ...world.context,
  };
  await run(application('0.0.0', { words: args, ...world.application }), args, context);
  const { exitCode } = context.process;
  const code = typeof exitCode === 'number' ? exitCode : 0;
  return { code: code < 0 ? EXIT.usage : code, ...out };
}

/** Options of a command as they were parsed. */
export interface Parsed {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly args: readonly unknown[];
}

/** Parses a command line without running the command; undefined where no command would run. */
export async function parseCli(args: readonly string[]): Promise<Parsed | undefined> {
  let parsed: Parsed | undefined;
  await runCli(args, {
    context: {
      execute: (_load, _context, flags, rest) => {
        parsed = { flags: flags as Parsed['flags'], args: rest };
        return Promise.resolve();
      },
    },
  });
  return parsed;
}

/** The words of a command line as a POSIX shell parts them; double quotes only. */
export function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
