import { MACHINE_LEARNING } from '../../core/arm-ids.js';
import { jsonAnswer } from '../../http/answer.js';
import { MACHINE_LEARNING_VERSIONS } from '../api-versions.js';
import type { ArmType } from '../arm-context.js';
import { listAnswer } from '../list-answer.js';
import { resourceNotFound } from '../resource-not-found.js';
import { presentCompute } from './present-compute.js';

const TYPE = `${MACHINE_LEARNING}/workspaces/computes`;

/** `…/workspaces/{workspace}/computes`: read only. */
export const computes: ArmType = {
  type: TYPE,
  apiVersions: MACHINE_LEARNING_VERSIONS,
  list: {
    rule: 'enforced',
    handler({ call, path, tenantId }) {
      const workspace = path.scope.toLowerCase();
      const rows = call.world.store
        .list('computes')
        .filter(({ workspaceId }) => workspaceId.toLowerCase() === workspace);
      return listAnswer(
        call,
        rows.map((row) => presentCompute(row, tenantId, call.world.store)),
        '$skip',
      );
    },
  },
  get({ call, path, tenantId }) {
    const { store } = call.world;
    const row = store.get('computes', path.id);
    if (row !== undefined) return jsonAnswer(200, presentCompute(row, tenantId, store));
    const [workspace = '', name = ''] = path.names;
    const hasWorkspace = store.get('workspaces', path.id.replace(/\/computes\/[^/]+$/i, '')) !== undefined;
    const missing = `${MACHINE_LEARNING}/workspaces/${workspace}${hasWorkspace ? `/computes/${name}` : ''}`;
    throw resourceNotFound(missing, path.resourceGroup ?? '');
  },
};
