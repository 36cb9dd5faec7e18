import { defineCommand } from '../../../define-command.js';
import { confirmFlag, type ConfirmFlag } from '../../../settings/confirm.js';
import { shareAliases, shareFlags, type ShareFlags } from '../share-flags.js';
import { workspaceArgument } from '../workspace-argument.js';

/** `aml-auth workspace unshare`. */
export const workspaceUnshareCommand = defineCommand<ShareFlags & ConfirmFlag, [string?]>({
  brief: 'Take the access to a workspace back',
  fullDescription:
    'With a receipt: what was given then, and nothing that was there before. Without one: this role of this principal at the workspace, whoever gave it. What is not there is no error.',
  examples: [
    'workspace unshare --receipt share.json',
    'workspace unshare ml -g rg-ml --with ana@contoso.com --role Reader --yes',
  ],
  parameters: {
    flags: { ...shareFlags, ...confirmFlag },
    aliases: { ...shareAliases, y: 'yes' },
    positional: { kind: 'tuple', parameters: [workspaceArgument] },
  },
  load: async () => (await import('./unshare.js')).unshare,
});
