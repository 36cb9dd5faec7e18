import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { workspaceFlags, type WorkspaceFlags } from '../../../settings/workspace-flags.js';
import { shareAliases } from '../share-flags.js';
import { workspaceArgument } from '../workspace-argument.js';

/** Options of `aml-auth workspace access`. */
export interface WorkspaceAccessFlags extends DataFlags, WorkspaceFlags {
  readonly names: boolean;
}

/** `aml-auth workspace access`. */
export const workspaceAccessCommand = defineCommand<WorkspaceAccessFlags, [string?]>({
  brief: 'List who has which role at a workspace, and from where',
  fullDescription:
    'Also roles from above: resource group, subscription and management groups. Names of people and groups come from Microsoft Graph; --no-names leaves it alone.',
  examples: ['workspace access ml -g rg-ml', 'workspace access ml --no-names -o json'],
  parameters: {
    flags: {
      names: { kind: 'boolean', default: true, brief: 'Whether names are looked up in Microsoft Graph' },
      ...workspaceFlags,
      ...signInFlags,
      ...outputFlags,
    },
    aliases: shareAliases,
    positional: { kind: 'tuple', parameters: [workspaceArgument] },
  },
  load: async () => (await import('./access.js')).access,
});
