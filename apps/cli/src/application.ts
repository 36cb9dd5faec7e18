import {
  buildApplication,
  FlagNotFoundError,
  help,
  version,
  type Application,
  type ApplicationText,
  type PartialApplicationConfiguration,
  type RouteMap,
} from '@stricli/core';
import { toAmlAuthError } from '@aml-auth/core';
import { CommandFailure } from './command-failure.js';
import { closestOptions } from './closest-options.js';
import { commands } from './commands.js';
import type { CliContext } from './context.js';
import type { Route } from './define-command.js';
import { EXIT, exitCodeOf } from './exit-code.js';
import { english } from './messages/english.js';
import type { Messages } from './messages/messages.js';
import { formatError } from './output/format-error.js';

/** How the command line reads. */
export interface ApplicationOptions {
  readonly messages?: Messages;
  /** The words of the command line. Commands that they do not name need not be made. Default: all are made. */
  readonly words?: readonly string[];
  /** False where a person wants no colours, whatever the terminal can. */
  readonly color?: boolean;
  /** The signal that ended the work, once there was one. */
  readonly endedBy?: () => NodeJS.Signals | undefined;
}

/** The command line as a value: what it is called, what it can do, and how its errors read. */
export function application(
  currentVersion: string,
  { messages = english, words = [], color = true, endedBy }: ApplicationOptions = {},
): Application<CliContext> {
  const root = commands(messages, words);
  const configuration: PartialApplicationConfiguration = {
    name: 'aml-auth',
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    determineExitCode: (failure) =>
      failure instanceof CommandFailure ? exitCodeOf(failure.error, endedBy?.()) : EXIT.unexpected,
    localization: { text: textOf(messages, commandPath(root, words), () => optionsOf(root, words)) },
    documentation: { disableAnsiColor: !color },
  };
  return buildApplication<CliContext>(root as RouteMap<CliContext>, configuration, {
    help: help({
      brief: messages.parser.briefs.help,
      defaultForRouteMap: true,
      formatting: {
        caseStyle: 'convert-camel-to-kebab',
        useAliasInUsageLine: false,
        onlyRequiredInUsageLine: true,
      },
    }),
    version: version({ brief: messages.parser.briefs.version, info: { currentVersion } }),
  });
}

/** The parser compares what was written with the names that the program has, where each hyphen counts as a mistake. */
function corrected(failure: unknown, options: () => readonly string[]): unknown {
  if (!(failure instanceof FlagNotFoundError) || failure.aliasName !== undefined) return failure;
  return new FlagNotFoundError(failure.input, closestOptions(failure.input, options()));
}

/** The options of the command that the words name, as they are written; none where they name no command. */
function optionsOf(route: Route, words: readonly string[]): readonly string[] {
  if ('parameters' in route) return Object.keys(route.parameters.flags ?? {}).map(withHyphens);
  const [word = '', ...rest] = words;
  const found = route.getAllEntries().find(({ name }) => name.original === word);
  return found === undefined ? [] : optionsOf(found.target, rest);
}

/** The parser calls options by the names that the program has for them; help and people write them with hyphens. */
function asWritten(text: string): string {
  return text.replaceAll(/(?<![\w-])--[a-z]+[A-Z][A-Za-z]*/g, (option) => withHyphens(option));
}

function withHyphens(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The words that name a command or a group of them, as far as they do. */
function commandPath(route: Route, words: readonly string[]): readonly string[] {
  if ('parameters' in route) return [];
  const [word = '', ...rest] = words;
  const found = route.getAllEntries().find(({ name }) => name.original === word);
  return found === undefined ? [] : [word, ...commandPath(found.target, rest)];
}

/** The parser's texts, with failures of commands in our own form, and a next step where words are not understood. */
function textOf(
  messages: Messages,
  path: readonly string[],
  options: () => readonly string[],
): ApplicationText {
  const { parser, labels, say } = messages;
  const withNext = (text: string): string =>
    `${labels.error}: ${text}\n  ${labels.next}: ${say.seeHelp(['aml-auth', ...path, '--help'].join(' '))}`;
  return {
    ...parser,
    noCommandRegisteredForInput: (args) => withNext(parser.noCommandRegisteredForInput(args)),
    exceptionWhileParsingArguments: (failure, ansiColor) =>
      withNext(asWritten(parser.exceptionWhileParsingArguments(corrected(failure, options), ansiColor))),
    exceptionWhileRunningCommand: (failure) =>
      failure instanceof CommandFailure
        ? formatError(failure.error, failure.format, messages)
        : formatError(toAmlAuthError(failure), 'text', messages),
  };
}
