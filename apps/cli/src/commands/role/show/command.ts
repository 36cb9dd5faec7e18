import { scopeAliases } from '../../../access/scope-flags.js';
import { defineCommand } from '../../../define-command.js';
import { roleArgument } from '../definition/definition-flags.js';
import { roleSourceFlags, type RoleSourceFlags } from '../role-source-flags.js';

/** `aml-auth role show`: what a role allows, and what it gives away. */
export const roleShowCommand = defineCommand<RoleSourceFlags, [string]>({
  brief: 'Show what a role allows, and what it gives away',
  fullDescription:
    'A row for each pattern: how many operations it covers of those that are known (by default 289 of Azure Machine Learning; with --from those of the file), and whether it gives secrets, code that runs in the cloud, the identity of a machine, or a change of access. -o json has the whole role, with the operations by name.',
  examples: [
    'role show "AzureML Data Scientist" --catalogue',
    'role show Contributor --workspace ml -g rg-ml -o json',
  ],
  parameters: {
    flags: roleSourceFlags,
    aliases: scopeAliases,
    positional: { kind: 'tuple', parameters: [roleArgument] },
  },
  load: async () => (await import('./show.js')).show,
});
