import { createArmClient, parseWorkspaceId, type Workspace } from '@aml-auth/rest';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import type { Cell } from '../../../output/print-table.js';
import { signIn } from '../../../settings/sign-in.js';
import { workspaceOf } from '../../../settings/workspace-flags.js';
import type { WorkspaceShowFlags } from './command.js';

/** Runs `aml-auth workspace show`. */
export async function show(context: CliContext, flags: WorkspaceShowFlags, name?: string): Promise<void> {
  const known = await signIn(context, flags);
  const { credential, cloud } = known;
  const ref = workspaceOf(flags, name, known);
  const workspace = await createArmClient({ credential, cloud }).workspaces.get(ref, {
    signal: context.signal,
  });
  await present(context, flags, workspace, () => ({ record: summary(workspace) }));
}

function summary(workspace: Workspace): Record<string, Cell> {
  const { subscriptionId, resourceGroup } = parseWorkspaceId(workspace.id);
  return {
    name: workspace.name,
    resourceGroup,
    subscription: subscriptionId,
    location: workspace.location,
    kind: workspace.kind,
    identity: workspace.identity?.type,
    state: workspace.properties.provisioningState,
    storage: workspace.properties.storageAccount,
    keyVault: workspace.properties.keyVault,
    discoveryUrl: workspace.properties.discoveryUrl,
  };
}
