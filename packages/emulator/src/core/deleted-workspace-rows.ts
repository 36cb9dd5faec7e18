import { scopeCovers } from '@aml-auth/permissions';

import type { Workspace } from './resource-rows.js';
import type { Store } from './store.js';

/** A workspace that was deleted and not purged: its name stays taken for a while. */
export interface DeletedWorkspace {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly deletedAt: number;
}

/** How long the name of a deleted workspace stays taken. */
const RETENTION_MS = 14 * 86_400_000;

/** Whether there is a deleted workspace with the id that was not purged. */
export function isSoftDeleted(store: Store, id: string, now: number): boolean {
  const row = store.get('deletedWorkspaces', id);
  return row !== undefined && now < row.deletedAt + RETENTION_MS;
}

/** Remembers the workspaces at or below a scope, which are about to be deleted. */
export function keepDeletedWorkspaces(store: Store, scope: string, now: number): void {
  for (const workspace of store.list('workspaces')) {
    if (!scopeCovers(scope, workspace.id) || !isKept(workspace)) continue;
    store.put('deletedWorkspaces', workspace.id, { id: workspace.id, deletedAt: now });
  }
}

/** A workspace with user-assigned identities only cannot be recovered, and goes at once. */
function isKept({ identity }: Workspace): boolean {
  return identity.type !== 'UserAssigned';
}
