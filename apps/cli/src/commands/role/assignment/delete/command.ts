import { scopeAliases } from '../../../../access/scope-flags.js';
import { defineCommand } from '../../../../define-command.js';
import { confirmFlag, type ConfirmFlag } from '../../../../settings/confirm.js';
import { textArgument } from '../../../../settings/text-flag.js';
import { assignmentFlags, type AssignmentFlags } from '../assignment-flags.js';

/** Options of `aml-auth role assignment delete`. */
export type AssignmentDeleteFlags = AssignmentFlags & ConfirmFlag;

/** `aml-auth role assignment delete`. */
export const assignmentDeleteCommand = defineCommand<AssignmentDeleteFlags, [string?]>({
  brief: 'Delete a role assignment',
  fullDescription:
    'The one with this id, or that of this role to this principal at this very scope. One that is not there is no error.',
  examples: [
    'role assignment delete --assignee ana@contoso.com --role Reader --workspace ml -g rg-ml',
    'role assignment delete /subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleAssignments/00000000-0000-0000-0000-000000000000 --yes',
  ],
  parameters: {
    flags: { ...confirmFlag, ...assignmentFlags },
    aliases: { ...scopeAliases, y: 'yes' },
    positional: {
      kind: 'tuple',
      parameters: [{ ...textArgument('Resource id of the assignment', 'id'), optional: true }],
    },
  },
  load: async () => (await import('./delete.js')).deleteAssignment,
});
