import { outputFlags, type OutputFlags } from '../output/output-format.js';
import { signInFlags, type SignInFlags } from '../settings/sign-in-flags.js';
import { textFlag } from '../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../settings/workspace-flags.js';

/** Options of the questions about access. */
export interface AccessFlags extends SignInFlags, OutputFlags, WorkspaceFlags {
  readonly scope?: string | undefined;
  readonly workspace?: string | undefined;
  readonly snapshot?: string | undefined;
  readonly dataAction: boolean;
}

/** How {@link AccessFlags} are parsed. */
export const accessFlags = {
  scope: textFlag('Resource id that it is about (default: that of the workspace)', 'id'),
  workspace: textFlag('Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)', 'name'),
  snapshot: textFlag('JSON file with role assignments and definitions; nobody is asked then', 'file'),
  dataAction: {
    kind: 'boolean',
    default: false,
    withNegated: false,
    brief: 'The operation is one of the data plane',
  },
  ...workspaceFlags,
  ...signInFlags,
  ...outputFlags,
} as const;

/** How their flags are shortened. */
export const accessAliases = {
  g: 'resourceGroup',
  s: 'subscription',
  w: 'workspace',
  o: 'output',
  t: 'tenant',
} as const;

/** Whose access it is about. */
export interface PrincipalFlag {
  readonly principal?: string | undefined;
}

/** How {@link PrincipalFlag} is parsed. */
export const principalFlag = {
  principal: textFlag(
    'Object id of the user, group or service principal (default: who is signed in)',
    'guid',
  ),
} as const;
