import { accessAliases, accessFlags, type AccessFlags } from '../../access/access-flags.js';
import { defineCommand } from '../../define-command.js';
import { textArgument } from '../../settings/text-flag.js';

/** `aml-auth who-can`: everybody who may do something. */
export const whoCanCommand = defineCommand<AccessFlags, [string]>({
  brief: 'List everybody who may do something',
  fullDescription:
    'Lists the principals by their object ids: who is allowed, who is allowed after an activation, and about whom it cannot be known. Members of a group are not known to the Azure Resource Manager: the group is listed.',
  examples: ['who-can Microsoft.MachineLearningServices/workspaces/delete --workspace ml -g rg-ml'],
  parameters: {
    flags: accessFlags,
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
  load: async () => (await import('./who-can.js')).whoCanDo,
});
