import { createArmClient, type ArmClient } from '@aml-auth/rest';
import type { CliContext } from '../../context.js';
import { signIn } from '../../settings/sign-in.js';
import { workspaceOf, type WorkspaceAddress } from '../../settings/workspace-flags.js';
import type { EndpointPlace } from './endpoint-flags.js';

/** The workspace whose endpoints are meant, and how to reach it. */
export interface OpenWorkspace {
  readonly arm: ArmClient;
  readonly ref: WorkspaceAddress;
}

/** Signs in, and finds the workspace by flags, settings and account. */
export async function openWorkspace(context: CliContext, flags: EndpointPlace): Promise<OpenWorkspace> {
  const known = await signIn(context, flags);
  const ref = workspaceOf(flags, flags.workspace, known);
  const { credential, cloud } = known;
  return { arm: createArmClient({ credential, cloud }), ref };
}
