import { defineCommand } from '../../../define-command.js';
import { outputFlags, type OutputFlags } from '../../../output/output-format.js';
import { urlFlag, type UrlFlag } from '../url-flag.js';

/** Options of `aml-auth emulator ca path`. */
export type EmulatorCaPathFlags = UrlFlag & OutputFlags;

/** `aml-auth emulator ca path`: the certificate to trust. */
export const emulatorCaPathCommand = defineCommand<EmulatorCaPathFlags>({
  brief: 'Print the file with the certificate authority to trust',
  fullDescription:
    'Of the emulator that is running; where none is, of the one that "aml-auth emulator up --keep" uses, which is made if need be. That one may vouch for localhost and nothing else.',
  examples: ['emulator ca path'],
  parameters: { flags: { ...urlFlag, ...outputFlags }, aliases: { o: 'output' } },
  load: async () => (await import('./ca-path.js')).caPath,
});
