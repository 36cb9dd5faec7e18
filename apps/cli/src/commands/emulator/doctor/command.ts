import { defineCommand } from '../../../define-command.js';
import { outputFlags, type OutputFlags } from '../../../output/output-format.js';
import { urlFlag, type UrlFlag } from '../url-flag.js';

/** Options of `aml-auth emulator doctor`. */
export type EmulatorDoctorFlags = UrlFlag & OutputFlags;

/** `aml-auth emulator doctor`: why programs of this shell do not reach the emulator. */
export const emulatorDoctorCommand = defineCommand<EmulatorDoctorFlags>({
  brief: 'Find out why programs of this shell do not reach the emulator',
  fullDescription:
    'Checks Node.js, the emulator and its certificate, what this shell trusts, proxy variables, the settings of Azure clients, and the versions of az, java and python. Says what to do about each failure, and ends with 1 where there is one. Asks the emulator only, never Azure.',
  examples: ['emulator doctor', 'emulator doctor -o json'],
  parameters: { flags: { ...urlFlag, ...outputFlags }, aliases: { o: 'output' } },
  load: async () => (await import('./doctor.js')).doctor,
});
