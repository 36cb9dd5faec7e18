import { scopeAliases } from '../../../../access/scope-flags.js';
import { defineCommand } from '../../../../define-command.js';
import { textFlag } from '../../../../settings/text-flag.js';
import { definitionFlags, type DefinitionFlags } from '../definition-flags.js';

/** Options of `aml-auth role definition list`. */
export interface DefinitionListFlags extends DefinitionFlags {
  readonly name?: string | undefined;
  readonly customOnly: boolean;
}

/** `aml-auth role definition list`. */
export const definitionListCommand = defineCommand<DefinitionListFlags>({
  brief: 'List the roles that can be assigned at a scope',
  examples: ['role definition list --custom-only', 'role definition list --name Reader -o json'],
  parameters: {
    flags: {
      name: textFlag('Only the role of this name', 'name'),
      customOnly: { kind: 'boolean', default: false, withNegated: false, brief: 'Only custom roles' },
      ...definitionFlags,
    },
    aliases: { ...scopeAliases, n: 'name' },
  },
  load: async () => (await import('./list.js')).list,
});
