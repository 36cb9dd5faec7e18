import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { workspaceFlags, type WorkspaceFlags } from '../../../settings/workspace-flags.js';

/** Options of `aml-auth workspace show`. */
export type WorkspaceShowFlags = DataFlags & WorkspaceFlags;

/** `aml-auth workspace show`: one workspace. */
export const workspaceShowCommand = defineCommand<WorkspaceShowFlags, [string?]>({
  brief: 'Show a workspace',
  examples: ['workspace show ml --resource-group rg-ml --subscription 00000000-0000-0000-0000-000000000000'],
  parameters: {
    flags: { ...workspaceFlags, ...signInFlags, ...outputFlags },
    aliases: { g: 'resourceGroup', s: 'subscription', o: 'output', t: 'tenant' },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: (value: string): string => value,
          optional: true,
          brief: 'Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)',
          placeholder: 'name',
        },
      ],
    },
  },
  load: async () => (await import('./show.js')).show,
});
