import { defineCommand } from '../../../define-command.js';
import { shareAliases, shareFlags, type ShareFlags } from '../share-flags.js';
import { workspaceArgument } from '../workspace-argument.js';

/** Options of `aml-auth workspace share`. */
export interface WorkspaceShareFlags extends ShareFlags {
  readonly wait: boolean;
}

/** `aml-auth workspace share`. */
export const workspaceShareCommand = defineCommand<WorkspaceShareFlags, [string?]>({
  brief: 'Give somebody a role at a workspace',
  fullDescription:
    'All or nothing, and doing it again is no error. The receipt is written before the first change and after each one: "aml-auth workspace unshare --receipt" takes back what was given then, and nothing that was there before.',
  examples: [
    'workspace share ml -g rg-ml --with data-science --receipt share.json',
    'workspace share ml --with ana@contoso.com --role Reader --dependents read --wait',
    'workspace share ml --with ana@contoso.com --dependents storage=write --dependents registry=AcrPull',
  ],
  parameters: {
    flags: {
      ...shareFlags,
      wait: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Wait until Azure lists what was given, ten minutes at most',
      },
    },
    aliases: shareAliases,
    positional: { kind: 'tuple', parameters: [workspaceArgument] },
  },
  load: async () => (await import('./share.js')).share,
});
