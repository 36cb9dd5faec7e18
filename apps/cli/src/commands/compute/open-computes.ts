import { createArmClient, type WorkspaceResources } from '@aml-auth/rest';
import type { ArmClient } from '@aml-auth/rest';
import type { CliContext } from '../../context.js';
import { signIn } from '../../settings/sign-in.js';
import { workspaceOf, type WorkspaceAddress } from '../../settings/workspace-flags.js';
import type { ComputeFlags } from './compute-flags.js';

/** The computes of the workspace that is meant, and how to reach it. */
export interface OpenComputes {
  readonly arm: ArmClient;
  readonly ref: WorkspaceAddress;
  readonly computes: WorkspaceResources['computes'];
}

/** Signs in, and finds the workspace by flags, settings and account. */
export async function openComputes(context: CliContext, flags: ComputeFlags): Promise<OpenComputes> {
  const known = await signIn(context, flags);
  const ref = workspaceOf(flags, flags.workspace, known);
  const { credential, cloud } = known;
  const arm = createArmClient({ credential, cloud });
  return { arm, ref, computes: arm.workspace(ref).computes };
}
