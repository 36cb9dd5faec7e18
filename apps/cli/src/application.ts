import {
  buildApplication,
  buildRouteMap,
  help,
  text_en,
  version,
  type Application,
  type ApplicationText,
  type PartialApplicationConfiguration,
} from '@stricli/core';
import { toAmlAuthError } from '@aml-auth/core';
import { CommandFailure } from './command-failure.js';
import { demoCommand } from './commands/demo/command.js';
import { emulatorCaPathCommand } from './commands/emulator/ca/command.js';
import { emulatorDoctorCommand } from './commands/emulator/doctor/command.js';
import { emulatorEnvCommand } from './commands/emulator/env/command.js';
import { emulatorRunCommand } from './commands/emulator/run/command.js';
import { emulatorSeedValidateCommand } from './commands/emulator/seed/command.js';
import { emulatorUpCommand } from './commands/emulator/up/command.js';
import { tokenCommand } from './commands/token/command.js';
import { whoamiCommand } from './commands/whoami/command.js';
import { workspaceListCommand } from './commands/workspace/list/command.js';
import { workspaceShowCommand } from './commands/workspace/show/command.js';
import type { CliContext } from './context.js';
import { EXIT, exitCodeOf } from './exit-code.js';
import { formatError } from './output/format-error.js';

const routes = buildRouteMap({
  docs: { brief: 'Sign in to Azure Machine Learning, call it, and see who may do what.' },
  routes: {
    demo: demoCommand,
    token: tokenCommand,
    whoami: whoamiCommand,
    workspace: buildRouteMap({
      docs: { brief: 'Azure Machine Learning workspaces' },
      routes: { show: workspaceShowCommand, list: workspaceListCommand },
    }),
    emulator: buildRouteMap({
      docs: {
        brief: 'Microsoft Entra ID, Azure Resource Manager and Azure Machine Learning on this machine',
      },
      routes: {
        up: emulatorUpCommand,
        run: emulatorRunCommand,
        env: emulatorEnvCommand,
        doctor: emulatorDoctorCommand,
        ca: buildRouteMap({
          docs: { brief: "The emulator's certificate authority" },
          routes: { path: emulatorCaPathCommand },
        }),
        seed: buildRouteMap({
          docs: { brief: 'What the emulator starts with' },
          routes: { validate: emulatorSeedValidateCommand },
        }),
      },
    }),
  },
});

/** The texts of the command line: Stricli's, with failures of commands in our own form. */
const text: ApplicationText = {
  ...text_en,
  exceptionWhileRunningCommand: (failure) =>
    failure instanceof CommandFailure
      ? formatError(failure.error, failure.format)
      : formatError(toAmlAuthError(failure), 'table'),
};

/** The command line as a value: what it is called, what it can do, and how its errors read. */
export function application(currentVersion: string): Application<CliContext> {
  const configuration: PartialApplicationConfiguration = {
    name: 'aml-auth',
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    determineExitCode: (failure) =>
      failure instanceof CommandFailure ? exitCodeOf(failure.error) : EXIT.unexpected,
    localization: { text },
  };
  return buildApplication<CliContext>(routes, configuration, {
    help: help({
      brief: 'Print help and exit',
      defaultForRouteMap: true,
      formatting: {
        caseStyle: 'convert-camel-to-kebab',
        useAliasInUsageLine: false,
        onlyRequiredInUsageLine: true,
      },
    }),
    version: version({ brief: 'Print the version and exit', info: { currentVersion } }),
  });
}
