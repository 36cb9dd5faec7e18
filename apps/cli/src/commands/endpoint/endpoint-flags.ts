import { outputFlags } from '../../output/output-format.js';
import { signInFlags, type DataFlags, type SignInFlags } from '../../settings/sign-in-flags.js';
import { textArgument, textFlag } from '../../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../../settings/workspace-flags.js';

/** Options that say whose endpoints are meant. */
export interface EndpointPlace extends SignInFlags, WorkspaceFlags {
  readonly workspace?: string | undefined;
}

/** How {@link EndpointPlace} is parsed. */
export const endpointPlace = {
  workspace: textFlag('Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)', 'name'),
  ...workspaceFlags,
  ...signInFlags,
} as const;

/** Options of commands that print what is known of endpoints. */
export type EndpointFlags = EndpointPlace & DataFlags;

/** How {@link EndpointFlags} are parsed. */
export const endpointFlags = { ...endpointPlace, ...outputFlags } as const;

/** How they are shortened. */
export const endpointAliases = {
  g: 'resourceGroup',
  s: 'subscription',
  w: 'workspace',
  t: 'tenant',
} as const;

/** How the name of an endpoint is parsed. */
export const endpointArgument = textArgument('Name of the online endpoint', 'name');
