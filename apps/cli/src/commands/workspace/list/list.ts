import { createArmClient, parseWorkspaceId, type ArmClient, type Workspace } from '@aml-auth/rest';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import { signIn } from '../../../settings/sign-in.js';
import { resourceGroupOf, subscriptionOf } from '../../../settings/workspace-flags.js';
import type { WorkspaceListFlags } from './command.js';

/** Runs `aml-auth workspace list`. */
export async function list(context: CliContext, flags: WorkspaceListFlags): Promise<void> {
  const known = await signIn(context, flags);
  const { credential, cloud } = known;
  const arm = createArmClient({ credential, cloud });
  const subscription = subscriptionOf(flags, known);
  const resourceGroup = resourceGroupOf(flags, known);
  const workspaces: Workspace[] = [];
  for await (const workspace of workspacesOf(arm, subscription, resourceGroup, context.signal)) {
    workspaces.push(workspace);
  }
  await present(context, flags, { workspaces }, () => ({
    headings: ['name', 'resource group', 'location', 'subscription'],
    rows: workspaces.map(row),
  }));
}

async function* workspacesOf(
  arm: ArmClient,
  subscription: string | undefined,
  resourceGroup: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Workspace> {
  if (subscription !== undefined) {
    yield* arm.workspaces.list({ subscriptionId: subscription, resourceGroup, signal });
    return;
  }
  for await (const { subscriptionId } of arm.subscriptions.list({ signal })) {
    yield* arm.workspaces.list({ subscriptionId, signal });
  }
}

function row({ id, name, location }: Workspace): (string | undefined)[] {
  const { subscriptionId, resourceGroup } = parseWorkspaceId(id);
  return [name, resourceGroup, location, subscriptionId];
}
