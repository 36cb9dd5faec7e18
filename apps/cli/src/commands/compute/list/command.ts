import { defineCommand } from '../../../define-command.js';
import { computeFlags, type ComputeFlags } from '../compute-flags.js';

/** `aml-auth compute list`. */
export const computeListCommand = defineCommand<ComputeFlags>({
  brief: 'List the computes of a workspace',
  examples: ['compute list --workspace ml -g rg-ml', 'compute list -o tsv --query "computes[].name"'],
  parameters: {
    flags: computeFlags,
    aliases: { g: 'resourceGroup', s: 'subscription', w: 'workspace', o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./list.js')).list,
});
