import { defineCommand } from '../../../define-command.js';
import { identityFlags, resourceArgument, type IdentityFlags } from '../identity-flags.js';

/** `aml-auth identity enable`. */
export const identityEnableCommand = defineCommand<IdentityFlags, [string]>({
  brief: 'Switch on the managed identity of a virtual machine',
  fullDescription:
    'Its user-assigned identities stay. Where it is on already nothing is changed. Other resources are told how they get one.',
  examples: [
    'identity enable /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-ml/providers/Microsoft.Compute/virtualMachines/vm',
  ],
  parameters: {
    flags: identityFlags,
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [resourceArgument] },
  },
  load: async () => (await import('./enable.js')).enable,
});
