import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { workspaceFlags, type WorkspaceFlags } from '../../../settings/workspace-flags.js';

/** Options of `aml-auth workspace list`. */
export type WorkspaceListFlags = DataFlags & WorkspaceFlags;

/** `aml-auth workspace list`: the workspaces that the caller may see. */
export const workspaceListCommand = defineCommand<WorkspaceListFlags>({
  brief: 'List the workspaces that you may see',
  fullDescription:
    'Lists the workspaces of one subscription or resource group; without a subscription, those of every subscription that you may see.',
  examples: ['workspace list', 'workspace list -o tsv --query "workspaces[].name"'],
  parameters: {
    flags: { ...workspaceFlags, ...signInFlags, ...outputFlags },
    aliases: { g: 'resourceGroup', s: 'subscription', o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./list.js')).list,
});
