import type { EmulatorClient } from '@aml-auth/emulator';
import { defineCommand } from '../../../define-command.js';
import { VARIABLE_FORMATS, type VariableFormat } from '../../../output/format-variables.js';
import { CLIENT_NAMES } from '../client-names.js';
import { urlFlag, type UrlFlag } from '../url-flag.js';

/** Options of `aml-auth emulator env`. */
export interface EmulatorEnvFlags extends UrlFlag {
  readonly client: EmulatorClient;
  readonly format: VariableFormat;
}

/** `aml-auth emulator env`: the environment that leads one kind of program to a running emulator. */
export const emulatorEnvCommand = defineCommand<EmulatorEnvFlags>({
  brief: 'Print the environment that leads a program to a running emulator',
  fullDescription:
    'Prints the variables that one kind of program needs, for the emulator that "aml-auth emulator up" has started: eval "$(aml-auth emulator env --client az)". They hold the secret of an application of the emulator.',
  examples: ['emulator env --client az', 'emulator env --client python --format powershell'],
  parameters: {
    flags: {
      ...urlFlag,
      client: { kind: 'enum', values: CLIENT_NAMES, default: 'node', brief: 'The program, or its language' },
      format: {
        kind: 'enum',
        values: VARIABLE_FORMATS,
        default: 'sh',
        brief: 'For a POSIX shell, for PowerShell, or one JSON object',
      },
    },
  },
  load: async () => (await import('./env.js')).env,
});
