import { buildCommand, buildRouteMap, type BaseArgs, type Command, type RouteMap } from '@stricli/core';
import { CommandFailure } from './command-failure.js';
import type { CliContext } from './context.js';
import { LOCALES, type Locale, type Messages } from './messages/messages.js';

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
  /** Whole command lines, without the program's name. */
  readonly examples: readonly [string, ...string[]];
  readonly parameters: ParametersOf<FLAGS, ARGS>;
  readonly load: () => Promise<Run<FLAGS, ARGS>>;
}

/** A command or a group of commands in one language. */
export type Route = Command<CliContext> | RouteMap<CliContext>;

/**
 * Makes a command or a group in the language of the messages.
 *
 * @param words - what stands on the command line behind it. Default: nothing
 */
export type DefinedRoute = (messages: Messages, words?: readonly string[]) => Route;

/** Flags that every command has. */
export interface CommonFlags {
  readonly lang?: Locale | undefined;
  /** False: never ask a person. */
  readonly input: boolean;
  /** False: no colours. Read before the parser runs, as `lang` is. */
  readonly color: boolean;
}

const commonFlags = {
  lang: { kind: 'enum', values: LOCALES, optional: true, brief: 'Language of texts for people' },
  input: { kind: 'boolean', default: true, brief: 'Whether a person may be asked' },
  color: { kind: 'boolean', default: true, brief: 'Whether terminals get colours (NO_COLOR does the same)' },
} as const;

/** A Stricli command whose failures come out as {@link CommandFailure}, in the format that was asked for. */
export function defineCommand<FLAGS extends FlagsOf<FLAGS>, ARGS extends BaseArgs = []>(
  parts: CommandParts<FLAGS, ARGS>,
): DefinedRoute {
  const { brief, fullDescription, examples, load } = parts;
  return (messages) => {
    const translate = translator(messages);
    const examplesText = [messages.labels.examples, ...examples.map((line) => `  aml-auth ${line}`)].join(
      '\n',
    );
    return buildCommand<FLAGS & CommonFlags, ARGS, CliContext>({
      docs: {
        brief: translate(brief),
        fullDescription: `${translate(fullDescription ?? brief)}\n\n${examplesText}`,
      },
      parameters: translated(parts.parameters, translate) as ParametersOf<FLAGS & CommonFlags, ARGS>,
      async func(this: CliContext, flags: FLAGS & CommonFlags, ...args: ARGS): Promise<void> {
        try {
          const context = flags.input ? this : { ...this, mayAsk: false, noInput: true };
          await this.execute(load as () => Promise<Run<unknown, BaseArgs>>, context, flags, args);
        } catch (error) {
          throw new CommandFailure(error, formatOf(flags));
        }
      },
    });
  };
}

/**
 * Commands under a common word. Where the next word is the name of one of them, that one alone is made: it takes a
 * program longer to make all of them than to find a token that is kept.
 */
export function defineGroup(brief: string, routes: Readonly<Record<string, DefinedRoute>>): DefinedRoute {
  return (messages, [word = '', ...words] = []) => {
    const named = Object.hasOwn(routes, word) ? routes[word] : undefined;
    const wanted = named === undefined ? routes : { [word]: named };
    return buildRouteMap<string, CliContext>({
      docs: { brief: translator(messages)(brief) },
      routes: Object.fromEntries(
        Object.entries(wanted).map(([name, define]) => [name, define(messages, words)]),
      ),
    });
  };
}

type Translate = (english: string) => string;

function translator({ commandTexts }: Messages): Translate {
  return (english) => commandTexts?.[english] ?? english;
}

interface Described {
  readonly brief: string;
}

interface ParsedParameters {
  readonly flags?: Readonly<Record<string, Described>>;
  readonly aliases?: Readonly<Record<string, string>>;
  readonly positional?: { readonly parameters?: readonly Described[]; readonly parameter?: Described };
}

/** The parameters with their texts in the language, and those that every command has. */
function translated(parameters: unknown, translate: Translate): unknown {
  const { flags = {}, positional, ...rest } = parameters as ParsedParameters;
  const one = <T extends Described>(described: T): T => ({ ...described, brief: translate(described.brief) });
  const all = { ...flags, ...commonFlags };
  return {
    ...rest,
    flags: Object.fromEntries(Object.entries(all).map(([name, flag]) => [name, one(flag)])),
    ...(positional === undefined
      ? {}
      : {
          positional: {
            ...positional,
            ...(positional.parameters === undefined ? {} : { parameters: positional.parameters.map(one) }),
            ...(positional.parameter === undefined ? {} : { parameter: one(positional.parameter) }),
          },
        }),
  };
}

function formatOf(flags: object): 'json' | 'text' {
  const { output } = flags as { readonly output?: unknown };
  return output === 'json' || output === 'jsonc' ? 'json' : 'text';
}
