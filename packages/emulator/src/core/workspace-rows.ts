import { workspaceId } from './arm-ids.js';
import { setIdentity } from './resource-identity.js';
import type { Workspace } from './resource-rows.js';
import type { Store } from './store.js';

/** What a new workspace is made from. */
export interface WorkspaceInit {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly kind: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Such as `SystemAssigned` or `SystemAssigned,UserAssigned`. */
  readonly identityType: string;
  readonly userAssigned: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly createdByType: 'User' | 'Application';
}

/** Adds a workspace, and the service principal of its system-assigned identity where it has one. */
export function addWorkspace(store: Store, tenantId: string, init: WorkspaceInit): Workspace {
  const { identityType, userAssigned, ...rest } = init;
  const id = workspaceId(init.subscriptionId, init.resourceGroup, init.name);
  const identity = setIdentity(store, tenantId, { id, name: init.name }, { identityType, userAssigned });
  const row: Workspace = { ...rest, id, identity };
  store.put('workspaces', id, row);
  return row;
}
