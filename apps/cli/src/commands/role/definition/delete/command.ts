import { scopeAliases } from '../../../../access/scope-flags.js';
import { defineCommand } from '../../../../define-command.js';
import { confirmFlag, type ConfirmFlag } from '../../../../settings/confirm.js';
import { definitionFlags, roleArgument, type DefinitionFlags } from '../definition-flags.js';

/** Options of `aml-auth role definition delete`. */
export type DefinitionDeleteFlags = DefinitionFlags & ConfirmFlag;

/** `aml-auth role definition delete`. */
export const definitionDeleteCommand = defineCommand<DefinitionDeleteFlags, [string]>({
  brief: 'Delete a custom role',
  fullDescription:
    'One that is assigned is not deleted; the error names assignments. One that is not there is no error. With -o json the role as it was is printed.',
  examples: [
    'role definition delete "Job submitter"',
    'role definition delete "Job submitter" -g rg-ml --yes',
  ],
  parameters: {
    flags: { ...confirmFlag, ...definitionFlags },
    aliases: { ...scopeAliases, y: 'yes' },
    positional: { kind: 'tuple', parameters: [roleArgument] },
  },
  load: async () => (await import('./delete.js')).deleteDefinition,
});
