import { scopeAliases } from '../../../access/scope-flags.js';
import { defineCommand } from '../../../define-command.js';
import { textFlag } from '../../../settings/text-flag.js';
import { roleSourceFlags, type RoleSourceFlags } from '../role-source-flags.js';

/** Options of `aml-auth role list`. */
export interface RoleListFlags extends RoleSourceFlags {
  readonly search?: string | undefined;
  readonly customOnly: boolean;
}

/** `aml-auth role list`: which roles there are, and what each is for. */
export const roleListCommand = defineCommand<RoleListFlags>({
  brief: 'List roles, and what each is for',
  fullDescription:
    'Built-in and custom roles that can be assigned at a scope, in the order of their names. --catalogue and --from need no sign-in and no network.',
  examples: [
    'role list --search "machine learning"',
    'role list --catalogue --search storage',
    'role list --custom-only --workspace ml -g rg-ml',
  ],
  parameters: {
    flags: {
      search: textFlag('Only roles with each of these words in name, id or description', 'text'),
      customOnly: { kind: 'boolean', default: false, withNegated: false, brief: 'Only custom roles' },
      ...roleSourceFlags,
    },
    aliases: scopeAliases,
  },
  load: async () => (await import('./list.js')).list,
});
