import { defineCommand } from '../../../define-command.js';
import { emulatorFlags, type EmulatorFlags } from '../emulator-flags.js';

/** `aml-auth emulator run -- program`: a program with the emulator as its cloud. */
export const emulatorRunCommand = defineCommand<EmulatorFlags, string[]>({
  brief: 'Run a program with the emulator as its cloud',
  fullDescription:
    "Starts the emulator as a forward proxy that stands in for Azure's own addresses, runs the program with an environment that leads there, and ends with the exit code of the program. What goes through the proxy reaches neither Azure nor any other host that --passthrough does not name. Put -- before the program.",
  examples: ['emulator run -- az login --identity', 'emulator run --seed cloud.yaml -- npm test'],
  parameters: {
    flags: {
      ...emulatorFlags,
      proxy: {
        kind: 'boolean',
        default: true,
        withNegated: true,
        brief: "Stand in for Azure's addresses; --no-proxy names the emulator's own address instead",
      },
    },
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
