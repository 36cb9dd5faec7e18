import { defineCommand } from '../../../define-command.js';
import { emulatorFlags, type EmulatorFlags } from '../emulator-flags.js';

/** `aml-auth emulator run -- program`: a program with the emulator as its cloud. */
export const emulatorRunCommand = defineCommand<EmulatorFlags, string[]>({
  brief: 'Run a program with the emulator as its cloud',
  fullDescription:
    'Starts the emulator, runs the program with the environment that points it there, and ends with the exit code of the program. Put -- before the program.',
  parameters: {
    flags: emulatorFlags,
    positional: {
      kind: 'array',
      parameter: {
        parse: (value: string): string => value,
        brief: 'The program and its arguments, after --',
        placeholder: 'program',
      },
      minimum: 1,
    },
  },
  load: async () => (await import('./run.js')).run,
});
