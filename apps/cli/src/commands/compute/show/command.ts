import { defineCommand } from '../../../define-command.js';
import { textArgument } from '../../../settings/text-flag.js';
import { computeFlags, type ComputeFlags } from '../compute-flags.js';

/** `aml-auth compute show`. */
export const computeShowCommand = defineCommand<ComputeFlags, [string]>({
  brief: 'Show a compute',

  examples: ['compute show cpu --workspace ml -g rg-ml'],
  parameters: {
    flags: { ...computeFlags },
    aliases: { g: 'resourceGroup', s: 'subscription', w: 'workspace', o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [textArgument('Name of the compute', 'name')] },
  },
  load: async () => (await import('./show.js')).show,
});
