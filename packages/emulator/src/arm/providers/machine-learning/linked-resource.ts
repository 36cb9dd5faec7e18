import { asText, isObject } from '../../../core/json.js';
import type { Workspace } from '../../../core/resource-rows.js';
import type { Store } from '../../../core/store.js';
import { presentWorkspace } from '../present-workspace.js';

/** The id of a resource that a workspace is linked to, as the workspace shows it; undefined where it has none. */
export function linkedResource(
  store: Store,
  workspace: Workspace,
  tenantId: string,
  property: 'storageAccount' | 'keyVault' | 'applicationInsights' | 'containerRegistry',
): string | undefined {
  const { properties } = presentWorkspace(workspace, tenantId, store);
  return isObject(properties) ? asText(properties[property]) : undefined;
}
