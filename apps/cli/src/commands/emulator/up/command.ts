import { defineCommand } from '../../../define-command.js';
import { linesOrJsonFlag } from '../../../output/output-format.js';
import { emulatorFlags, type EmulatorFlags } from '../emulator-flags.js';

/** Options of `aml-auth emulator up`. */
export type EmulatorUpFlags = EmulatorFlags & { readonly output: 'json' | 'table'; readonly keep: boolean };

/** `aml-auth emulator up`: the emulator until Ctrl-C. */
export const emulatorUpCommand = defineCommand<EmulatorUpFlags>({
  brief: 'Start the emulator and keep it running until Ctrl-C',
  fullDescription:
    'Prints blocks to copy into a POSIX shell, one for each kind of program, or with -o json one JSON object. "aml-auth emulator env" prints them again, also for other shells. No Azure account is touched.',
  examples: ['emulator up', 'emulator up --seed cloud.yaml -o json'],
  parameters: {
    flags: {
      ...emulatorFlags,
      proxy: {
        kind: 'boolean',
        default: false,
        brief: "Be a forward proxy that stands in for Azure's own addresses",
      },
      keep: {
        kind: 'boolean',
        default: false,
        brief: 'Keep the certificate authority and the signing key for the next time ("emulator ca path")',
      },
      output: linesOrJsonFlag,
    },
    aliases: { o: 'output' },
  },
  load: async () => (await import('./up.js')).up,
});
