import { armPath } from '@aml-auth/rest';
import { workspaceOf, type WorkspaceFlags } from './workspace-flags.js';

/**
 * The resource id of the workspace that is meant.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` naming the part that is not given
 */
export function workspaceScope(
  flags: WorkspaceFlags,
  name: string | undefined,
  known: Parameters<typeof workspaceOf>[2],
): string {
  const { subscriptionId, resourceGroup, workspaceName } = workspaceOf(flags, name, known);
  return armPath`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${workspaceName}`;
}
