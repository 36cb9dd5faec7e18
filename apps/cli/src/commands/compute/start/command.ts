import { defineCommand } from '../../../define-command.js';
import { textArgument } from '../../../settings/text-flag.js';
import { computeFlags, waitFlag, type ComputeFlags, type WaitFlag } from '../compute-flags.js';

/** `aml-auth compute start`. */
export const computeStartCommand = defineCommand<ComputeFlags & WaitFlag, [string]>({
  brief: 'Start a compute instance',
  fullDescription: 'Waits until it runs; --no-wait does not.',
  examples: ['compute start my-instance --workspace ml'],
  parameters: {
    flags: { ...computeFlags, ...waitFlag },
    aliases: { g: 'resourceGroup', s: 'subscription', w: 'workspace', o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [textArgument('Name of the compute', 'name')] },
  },
  load: async () => (await import('./start.js')).start,
});
