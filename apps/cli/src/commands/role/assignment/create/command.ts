import { scopeAliases } from '../../../../access/scope-flags.js';
import { defineCommand } from '../../../../define-command.js';
import { textFlag } from '../../../../settings/text-flag.js';
import { assignmentFlags, type AssignmentFlags } from '../assignment-flags.js';

/** Options of `aml-auth role assignment create`. */
export interface AssignmentCreateFlags extends AssignmentFlags {
  readonly condition?: string | undefined;
  readonly description?: string | undefined;
}

/** `aml-auth role assignment create`. */
export const assignmentCreateCommand = defineCommand<AssignmentCreateFlags>({
  brief: 'Assign a role',
  fullDescription:
    'Doing it again is no error, and never changes the condition of an assignment that is there. It takes up to ten minutes to be in effect everywhere.',
  examples: [
    'role assignment create --assignee data-science --role "AzureML Data Scientist" --workspace ml -g rg-ml',
    'role assignment create --assignee 00000000-0000-0000-0000-000000000000 --assignee-principal-type ServicePrincipal --role Reader',
  ],
  parameters: {
    flags: {
      condition: textFlag('Condition that limits it', 'expression'),
      description: textFlag('What it is for', 'text'),
      ...assignmentFlags,
    },
    aliases: scopeAliases,
  },
  load: async () => (await import('./create.js')).create,
});
