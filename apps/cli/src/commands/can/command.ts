import {
  accessAliases,
  accessFlags,
  principalFlag,
  type AccessFlags,
  type PrincipalFlag,
} from '../../access/access-flags.js';
import { defineCommand } from '../../define-command.js';
import { textArgument } from '../../settings/text-flag.js';

/** `aml-auth can`: whether somebody may do something, and why. */
export const canCommand = defineCommand<AccessFlags & PrincipalFlag, [string]>({
  brief: 'Say whether somebody may do something, and why',
  fullDescription:
    'Reads role assignments, role definitions and deny assignments, and decides as Azure RBAC does. Ends with 0 where it is allowed and with 5 where it is not, or where that cannot be known.',
  examples: [
    'can Microsoft.MachineLearningServices/workspaces/jobs/write --workspace ml -g rg-ml',
    'can Microsoft.MachineLearningServices/workspaces/delete --principal 00000000-0000-0000-0000-000000000000 --scope /subscriptions/00000000-0000-0000-0000-000000000000 --snapshot access.json',
  ],
  parameters: {
    flags: { ...principalFlag, ...accessFlags },
    aliases: accessAliases,
    positional: {
      kind: 'tuple',
      parameters: [
        textArgument(
          'Operation, such as Microsoft.MachineLearningServices/workspaces/jobs/write',
          'operation',
        ),
      ],
    },
  },
  load: async () => (await import('./can.js')).can,
});
