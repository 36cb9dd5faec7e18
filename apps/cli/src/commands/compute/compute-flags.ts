import { outputFlags, type OutputFlags } from '../../output/output-format.js';
import { signInFlags, type SignInFlags } from '../../settings/sign-in-flags.js';
import { textFlag } from '../../settings/text-flag.js';
import { workspaceFlags, type WorkspaceFlags } from '../../settings/workspace-flags.js';

/** Options of all commands about computes. */
export interface ComputeFlags extends SignInFlags, OutputFlags, WorkspaceFlags {
  readonly workspace?: string | undefined;
}

/** Whether the end of a long-running operation is waited for. */
export interface WaitFlag {
  readonly wait: boolean;
}

/** How {@link ComputeFlags} are parsed. */
export const computeFlags = {
  workspace: textFlag('Name of the workspace (default: AZUREML_ARM_WORKSPACE_NAME)', 'name'),
  ...workspaceFlags,
  ...signInFlags,
  ...outputFlags,
} as const;

/** How {@link WaitFlag} is parsed. */
export const waitFlag = {
  wait: { kind: 'boolean', default: true, brief: 'Whether to wait until it is done' },
} as const;
