import { scopeAliases } from '../../../../access/scope-flags.js';
import { defineCommand } from '../../../../define-command.js';
import { assignmentFlags, type AssignmentFlags } from '../assignment-flags.js';

/** Where an assignment may stand, seen from the scope. */
export const PLACEMENTS = ['at', 'above', 'below'] as const;

/** Options of `aml-auth role assignment list`. */
export interface AssignmentListFlags extends AssignmentFlags {
  readonly placement?: (typeof PLACEMENTS)[number] | undefined;
  readonly includeGroups: boolean;
  readonly names: boolean;
}

/** `aml-auth role assignment list`. */
export const assignmentListCommand = defineCommand<AssignmentListFlags>({
  brief: 'List role assignments',
  fullDescription:
    'Those at the scope, above and below it. Names of people and groups come from Microsoft Graph; --no-names leaves it alone.',
  examples: [
    'role assignment list --workspace ml -g rg-ml --placement at',
    'role assignment list --assignee ana@contoso.com --include-groups -o json',
  ],
  parameters: {
    flags: {
      placement: {
        kind: 'enum',
        values: PLACEMENTS,
        optional: true,
        brief: 'Only those at, above or below the scope',
      },
      includeGroups: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Also those of the groups that the principal is in',
      },
      names: { kind: 'boolean', default: true, brief: 'Whether names are looked up in Microsoft Graph' },
      ...assignmentFlags,
    },
    aliases: scopeAliases,
  },
  load: async () => (await import('./list.js')).list,
});
