import { buildCommand, type BaseArgs, type Command } from '@stricli/core';
import { CommandFailure } from './command-failure.js';
import type { CliContext } from './context.js';
import type { OutputFormat } from './output/output-format.js';

/** Flags by name, as Stricli takes them. */
type FlagsOf<FLAGS> = Readonly<Partial<Record<keyof FLAGS, unknown>>>;

/** How options are parsed, as Stricli takes it. */
type ParametersOf<FLAGS extends FlagsOf<FLAGS>, ARGS extends BaseArgs> = Parameters<
  typeof buildCommand<FLAGS, ARGS, CliContext>
>[0]['parameters'];

/** Runs a command with its parsed options. One that ends with a code of its own sets `process.exitCode`. */
export type Run<FLAGS, ARGS extends BaseArgs> = (
  context: CliContext,
  flags: FLAGS,
  ...args: ARGS
) => Promise<void>;

/** A command: its texts and options here, its work in a module that is loaded when it runs. */
export interface CommandParts<FLAGS extends FlagsOf<FLAGS>, ARGS extends BaseArgs> {
  readonly brief: string;
  readonly fullDescription?: string;
  readonly parameters: ParametersOf<FLAGS, ARGS>;
  readonly load: () => Promise<Run<FLAGS, ARGS>>;
}

/** A Stricli command whose failures come out as {@link CommandFailure}, in the format that was asked for. */
export function defineCommand<FLAGS extends FlagsOf<FLAGS>, ARGS extends BaseArgs = []>(
  parts: CommandParts<FLAGS, ARGS>,
): Command<CliContext> {
  const { brief, fullDescription, parameters, load } = parts;
  return buildCommand<FLAGS, ARGS, CliContext>({
    docs: { brief, ...(fullDescription === undefined ? {} : { fullDescription }) },
    parameters,
    async func(this: CliContext, flags: FLAGS, ...args: ARGS): Promise<void> {
      try {
        const run = await load();
        await run(this, flags, ...args);
      } catch (error) {
        throw new CommandFailure(error, formatOf(flags));
      }
    },
  });
}

function formatOf(flags: FlagsOf<{ output: unknown }>): OutputFormat {
  return flags.output === 'json' ? 'json' : 'table';
}
