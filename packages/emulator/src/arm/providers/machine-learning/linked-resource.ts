import { asText } from '../../../core/json.js';
import type { Workspace } from '../../../core/resource-rows.js';

/** The id of a resource that a workspace is linked to; undefined where it has none. */
export function linkedResource(
  workspace: Workspace,
  property: 'storageAccount' | 'keyVault' | 'applicationInsights' | 'containerRegistry',
): string | undefined {
  return asText(workspace.properties[property]);
}
