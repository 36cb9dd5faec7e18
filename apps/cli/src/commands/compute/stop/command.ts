import { defineCommand } from '../../../define-command.js';
import { textArgument } from '../../../settings/text-flag.js';
import { computeFlags, waitFlag, type ComputeFlags, type WaitFlag } from '../compute-flags.js';

/** `aml-auth compute stop`. */
export const computeStopCommand = defineCommand<ComputeFlags & WaitFlag, [string]>({
  brief: 'Stop a compute instance',
  fullDescription: 'Waits until it has stopped; --no-wait does not.',
  examples: ['compute stop my-instance --workspace ml --no-wait'],
  parameters: {
    flags: { ...computeFlags, ...waitFlag },
    aliases: { g: 'resourceGroup', s: 'subscription', w: 'workspace', o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [textArgument('Name of the compute', 'name')] },
  },
  load: async () => (await import('./stop.js')).stop,
});
