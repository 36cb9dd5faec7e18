import { defineCommand } from '../../../define-command.js';
import { outputFlags } from '../../../output/output-format.js';
import { signInFlags, type DataFlags } from '../../../settings/sign-in-flags.js';
import { textArgument, textFlag } from '../../../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../../../settings/workspace-flags.js';

/** Options of `aml-auth workspace config`. */
export interface WorkspaceConfigFlags extends WorkspaceFlags, DataFlags {
  readonly path?: string | undefined;
  readonly explain: boolean;
}

/** `aml-auth workspace config`: the file by which the SDKs for Python find a workspace. */
export const workspaceConfigCommand = defineCommand<WorkspaceConfigFlags, [string?]>({
  brief: 'Write the config.json by which the SDKs for Python find a workspace',
  fullDescription:
    'Looks whether the workspace is there, and writes its ids into .azureml of the folder. With --explain nothing is written: it says which file would count, and what is hidden by it.',
  examples: ['workspace config ml -g rg-ml', 'workspace config --explain'],
  parameters: {
    flags: {
      path: textFlag('Folder of the project (default: this one)', 'folder'),
      explain: { kind: 'boolean', default: false, withNegated: false, brief: 'Say which file counts' },
      ...workspaceFlags,
      ...signInFlags,
      ...outputFlags,
    },
    aliases: { g: 'resourceGroup', s: 'subscription', o: 'output', t: 'tenant' },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          ...textArgument('Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)', 'name'),
          optional: true,
        },
      ],
    },
  },
  load: async () => (await import('./config.js')).config,
});
