import { defineCommand } from '../../../define-command.js';
import { outputFlag, type OutputFormat } from '../../../output/output-format.js';
import { emulatorFlags, type EmulatorFlags } from '../emulator-flags.js';

/** Options of `aml-auth emulator up`. */
export type EmulatorUpFlags = EmulatorFlags & { readonly output: OutputFormat };

/** `aml-auth emulator up`: the emulator until Ctrl-C. */
export const emulatorUpCommand = defineCommand<EmulatorUpFlags>({
  brief: 'Start the emulator and keep it running until Ctrl-C',
  fullDescription:
    'Prints the environment that makes other programs use the emulator, as lines for a POSIX shell or, with -o json, as one JSON object. No Azure account is touched.',
  parameters: { flags: { ...emulatorFlags, output: outputFlag }, aliases: { o: 'output' } },
  load: async () => (await import('./up.js')).up,
});
