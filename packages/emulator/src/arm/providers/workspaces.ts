import { scopeCovers } from '@aml-auth/permissions';

import type { Workspace } from '../../core/resource-rows.js';
import { jsonAnswer } from '../../http/answer.js';
import { queryValue } from '../../http/call.js';
import { MACHINE_LEARNING_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { requireIdle } from '../operations/operation-state.js';
import { startOperation } from '../operations/start-operation.js';
import { listAnswer } from '../list-answer.js';
import { resourceNotFound } from '../resource-not-found.js';
import { workspaceActions, WORKSPACE_READ_ACTIONS } from './machine-learning/workspace-actions.js';
import { deleteWorkspace } from './delete-workspace.js';
import { presentWorkspace } from './present-workspace.js';
import { createWorkspace, updateWorkspace } from './write-workspace.js';

const TYPE = 'Microsoft.MachineLearningServices/workspaces';

/** `…/providers/Microsoft.MachineLearningServices/workspaces`. PUT and DELETE are long-running: 202 with `Location`. */
export const workspaces: ArmType = {
  type: TYPE,
  apiVersions: MACHINE_LEARNING_VERSIONS,
  actions: workspaceActions,
  readActions: WORKSPACE_READ_ACTIONS,
  list: {
    rule: 'filtered',
    handler({ call, path, may, tenantId }) {
      const kind = queryValue(call, 'kind')?.toLowerCase();
      const rows = call.world.store
        .list('workspaces')
        .filter((row) => scopeCovers(path.scope, row.id) && may(`${TYPE}/read`, row.id))
        .filter((row) => kind === undefined || row.kind.toLowerCase() === kind);
      return listAnswer(
        call,
        rows.map((row) => presentWorkspace(row, tenantId, call)),
        '$skip',
      );
    },
  },
  get: (context) => jsonAnswer(200, presentWorkspace(find(context), context.tenantId, context.call)),
  put(context) {
    const { store } = context.call.world;
    requireIdle(store, context.path.id);
    const existing = store.get('workspaces', context.path.id);
    const row = createWorkspace(context, existing);
    return startOperation(context, {
      kind: 'workspaceOperationsStatus',
      style: 'location',
      resourceId: row.id,
      location: row.location,
      runningState: existing === undefined ? 'Creating' : 'Updating',
    });
  },
  patch(context) {
    const row = updateWorkspace(context, find(context));
    return jsonAnswer(200, presentWorkspace(row, context.tenantId, context.call));
  },
  delete: deleteWorkspace,
};

function find({ call, path }: ArmContext): Workspace {
  const row = call.world.store.get('workspaces', path.id);
  if (row !== undefined) return row;
  throw resourceNotFound(`${TYPE}/${path.names[0] ?? ''}`, path.resourceGroup ?? '');
}
