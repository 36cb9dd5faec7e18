import { isSoftDeleted } from '../../core/deleted-workspace-rows.js';
import { emptyAnswer } from '../../http/answer.js';
import { queryValue } from '../../http/call.js';
import type { ArmContext } from '../arm-context.js';
import { requireIdle } from '../operations/operation-state.js';
import { startOperation } from '../operations/start-operation.js';

/**
 * Deletes a workspace. Its name stays taken for 14 days, unless it is purged (`forceToPurge=true`), which
 * can be done later as well.
 */
export function deleteWorkspace(context: ArmContext): Response {
  const { call, path } = context;
  const { clock, store } = call.world;
  const purge = queryValue(call, 'forceToPurge')?.toLowerCase() === 'true';
  const existing = store.get('workspaces', path.id);
  if (existing === undefined) {
    if (!purge || !isSoftDeleted(store, path.id, clock.now())) return emptyAnswer(204);
    store.remove('deletedWorkspaces', path.id);
    return emptyAnswer(200);
  }
  requireIdle(store, existing.id);
  return startOperation(context, {
    kind: 'workspaceOperationsStatus',
    style: 'location',
    resourceId: existing.id,
    location: existing.location,
    runningState: 'Deleting',
    onSuccess: [{ change: 'removeWithin', scope: existing.id, purge }],
  });
}
