import { defineCommand } from '../../../define-command.js';
import { identityFlags, resourceArgument, type IdentityFlags } from '../identity-flags.js';

/** `aml-auth identity show`. */
export const identityShowCommand = defineCommand<IdentityFlags, [string]>({
  brief: 'Show the managed identity by which something runs',
  fullDescription:
    'Changes nothing, and asks the Azure Resource Manager alone. Ends with 6 where there is none.',
  examples: [
    'identity show /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-ml/providers/Microsoft.Compute/virtualMachines/vm',
  ],
  parameters: {
    flags: identityFlags,
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [resourceArgument] },
  },
  load: async () => (await import('./show.js')).show,
});
