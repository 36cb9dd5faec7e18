import { defineCommand } from '../../../../define-command.js';
import { outputFlags } from '../../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../../settings/sign-in-flags.js';
import { roleFileArgument } from '../definition-flags.js';

/** `aml-auth role definition create`. */
export const definitionCreateCommand = defineCommand<DataFlags, [string]>({
  brief: 'Make a custom role from a file',
  fullDescription:
    'Reads the JSON of the Azure Resource Manager, of Azure CLI or of PowerShell. Doing it again is no error; a role of that name that is another is never changed.',
  examples: ['role definition create role.json'],
  parameters: {
    flags: { ...signInFlags, ...outputFlags },
    aliases: { o: 'output', t: 'tenant' },
    positional: { kind: 'tuple', parameters: [roleFileArgument] },
  },
  load: async () => (await import('./create.js')).create,
});
