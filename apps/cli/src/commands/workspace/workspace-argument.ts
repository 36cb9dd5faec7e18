import { textArgument } from '../../settings/text-flag.js';

/** How the name of a workspace is parsed, which may be left out. */
export const workspaceArgument = {
  ...textArgument('Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)', 'name'),
  optional: true,
} as const;
