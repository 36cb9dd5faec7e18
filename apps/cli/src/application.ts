import {
  buildApplication,
  help,
  version,
  type Application,
  type ApplicationText,
  type PartialApplicationConfiguration,
  type RouteMap,
} from '@stricli/core';
import { toAmlAuthError } from '@aml-auth/core';
import { CommandFailure } from './command-failure.js';
import { commands } from './commands.js';
import type { CliContext } from './context.js';
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
  const configuration: PartialApplicationConfiguration = {
    name: 'aml-auth',
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    determineExitCode: (failure) =>
      failure instanceof CommandFailure ? exitCodeOf(failure.error, endedBy?.()) : EXIT.unexpected,
    localization: { text: textOf(messages) },
    documentation: { disableAnsiColor: !color },
  };
  return buildApplication<CliContext>(commands(messages, words) as RouteMap<CliContext>, configuration, {
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

/** The parser's texts, with failures of commands in our own form. */
function textOf(messages: Messages): ApplicationText {
  return {
    ...messages.parser,
    exceptionWhileRunningCommand: (failure) =>
      failure instanceof CommandFailure
        ? formatError(failure.error, failure.format, messages)
        : formatError(toAmlAuthError(failure), 'text', messages),
  };
}
