import { defineCommand } from '../../../define-command.js';
import { outputFlags, type OutputFlags } from '../../../output/output-format.js';

/** Options of `aml-auth emulator seed validate`. */
export type SeedValidateFlags = OutputFlags;

/** `aml-auth emulator seed validate`: what is wrong with a seed file. */
export const emulatorSeedValidateCommand = defineCommand<SeedValidateFlags, [string]>({
  brief: 'List everything that is wrong with a seed file',
  fullDescription:
    'Lists every problem with its place in the file: settings that do not exist and values that are not allowed; once there are none of these, names that refer to nothing or stand twice. Ends with 0 where the emulator starts with the file, and with 2 otherwise.',
  examples: ['emulator seed validate cloud.yaml'],
  parameters: {
    flags: { ...outputFlags },
    aliases: { o: 'output' },
    positional: {
      kind: 'tuple',
      parameters: [
        { parse: (value: string): string => value, brief: 'YAML or JSON file', placeholder: 'file' },
      ],
    },
  },
  load: async () => (await import('./validate.js')).validate,
});
