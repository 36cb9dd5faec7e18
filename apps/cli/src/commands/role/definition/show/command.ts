import { scopeAliases } from '../../../../access/scope-flags.js';
import { defineCommand } from '../../../../define-command.js';
import { definitionFlags, roleArgument, type DefinitionFlags } from '../definition-flags.js';

/** `aml-auth role definition show`. */
export const definitionShowCommand = defineCommand<DefinitionFlags, [string]>({
  brief: 'Show a role',
  fullDescription: 'Also by a name that a built-in role had before.',
  examples: ['role definition show "AzureML Data Scientist"'],
  parameters: {
    flags: definitionFlags,
    aliases: scopeAliases,
    positional: { kind: 'tuple', parameters: [roleArgument] },
  },
  load: async () => (await import('./show.js')).show,
});
