import { MACHINE_LEARNING } from '../../core/arm-ids.js';
import { addResourceHost } from '../../core/host-rows.js';
import { asText } from '../../core/json.js';
import { mergeChange } from '../../core/operation-rows.js';
import type { Compute } from '../../core/resource-rows.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import { queryValue } from '../../http/call.js';
import { MACHINE_LEARNING_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { listAnswer } from '../list-answer.js';
import { requireIdle } from '../operations/operation-state.js';
import { startOperation } from '../operations/start-operation.js';
import { readTags } from '../read-json-object.js';
import { resourceNotFound } from '../resource-not-found.js';
import { isAttachedKind, keysOf } from './attached-compute.js';
import { invalid } from './compute-invalid.js';
import { listNodes } from './list-nodes.js';
import { placeOf } from './machine-learning/resource-place.js';
import { stampResource } from './machine-learning/stamp-resource.js';
import { presentCompute } from './present-compute.js';
import { readCompute } from './read-compute.js';
import { readIdentity } from './read-identity.js';
import { takeIdentity } from './take-identity.js';

const TYPE = `${MACHINE_LEARNING}/workspaces/computes`;
const NAME = /^[a-z][a-z\d-]{2,23}$/i;

/** `…/workspaces/{workspace}/computes`: clusters, instances and what is attached. Every change is a long-running operation. */
export const computes: ArmType = {
  type: TYPE,
  apiVersions: MACHINE_LEARNING_VERSIONS,
  list: {
    rule: 'enforced',
    handler(context) {
      const { call, path } = context;
      const workspace = path.scope.toLowerCase();
      const rows = call.world.store
        .list('computes')
        .filter(({ workspaceId }) => workspaceId.toLowerCase() === workspace);
      return listAnswer(
        call,
        rows.map((row) => present(context, row)),
        '$skip',
      );
    },
  },
  get: (context) => jsonAnswer(200, present(context, find(context))),
  put,
  patch,
  delete: remove,
  actions: {
    start: (context) => turn(context, 'Starting', { power: 'Running' }),
    stop: (context) => turn(context, 'Stopping', { power: 'Stopped' }),
    restart: (context) => turn(context, 'Restarting', { power: 'Running' }),
    listNodes(context) {
      const row = find(context);
      if (row.kind !== 'AmlCompute')
        throw invalid(`The compute '${row.name}' is not a cluster: it has no nodes to list.`);
      return jsonAnswer(200, {
        nodes: listNodes(context.call.world.store, row, context.call.world.clock.now()),
      });
    },
    resize(context) {
      const row = findInstance(context);
      const vmSize = asText(context.body()['targetVMSize']);
      if (vmSize === undefined) throw invalid("The property 'targetVMSize' is required.");
      return turn(context, 'Resizing', { settings: { ...row.settings, vmSize } });
    },
    updateIdleShutdownSetting(context) {
      const row = findInstance(context);
      const { idleTimeBeforeShutdown } = context.body();
      context.call.world.store.put('computes', row.id, {
        ...row,
        ...stampResource(context, row),
        settings: { ...row.settings, idleTimeBeforeShutdown },
      });
      return emptyAnswer(200);
    },
    listKeys: (context) => jsonAnswer(200, keysOf(find(context), context.call.world.vault)),
  },
};

function put(context: ArmContext): Response {
  const { call, path } = context;
  const { store } = call.world;
  const existing = store.get('computes', path.id);
  const { id, workspace } = placeOf(context);
  requireIdle(store, id);
  const name = existing?.name ?? path.names[1] ?? '';
  if (!NAME.test(name)) {
    throw invalid(
      `The compute name '${name}' is not valid: 3 to 24 letters, digits and '-', the first one a letter.`,
    );
  }
  const body = context.body();
  const requested = readCompute(context, body, existing);
  const row: Compute = {
    ...requested,
    ...stampResource(context, existing),
    id,
    workspaceId: workspace.id,
    name,
    location: existing?.location ?? workspace.location,
    tags: readTags(body['tags']),
    power: existing?.power ?? 'Running',
    identity:
      body['identity'] === undefined && existing !== undefined
        ? existing.identity
        : takeIdentity(
            context,
            { id, displayName: `${workspace.name}/computes/${name}`, before: existing?.identity },
            readIdentity(body['identity'] ?? { type: 'None' }),
          ),
  };
  return save(context, row, existing === undefined ? 'Creating' : 'Updating', 201);
}

/** Scales a cluster, which is all that can be patched. */
function patch(context: ArmContext): Response {
  const existing = find(context);
  requireIdle(context.call.world.store, existing.id);
  if (existing.kind !== 'AmlCompute')
    throw invalid(`The compute '${existing.name}' is not a cluster: it cannot be scaled.`);
  const { settings } = readCompute(context, context.body(), existing);
  return save(context, { ...existing, ...stampResource(context, existing), settings }, 'Updating', 200);
}

function save(context: ArmContext, row: Compute, runningState: string, status: number): Response {
  const { store } = context.call.world;
  store.put('computes', row.id, row);
  if (!isAttachedKind(row.kind)) addResourceHost(store, 'aml-compute', row);
  return startOperation(context, {
    kind: 'computeOperationsStatus',
    style: 'async',
    resourceId: row.id,
    location: row.location,
    runningState,
    status,
    body: () => present(context, row),
  });
}

function remove(context: ArmContext): Response {
  const { call, path } = context;
  const action = queryValue(call, 'underlyingResourceAction')?.toLowerCase();
  if (action !== 'delete' && action !== 'detach') {
    throw invalid("The query parameter 'underlyingResourceAction' must be 'Delete' or 'Detach'.");
  }
  const existing = call.world.store.get('computes', path.id);
  if (existing === undefined) return emptyAnswer(204);
  requireIdle(call.world.store, existing.id);
  return startOperation(context, {
    kind: 'computeOperationsStatus',
    style: 'both',
    resourceId: existing.id,
    location: existing.location,
    runningState: 'Deleting',
    onSuccess: [{ change: 'removeWithin', scope: existing.id }],
  });
}

/** What an instance goes through on the way from one way of being on or off to another. */
function turn(context: ArmContext, runningState: string, fields: Partial<Compute>): Response {
  const row = findInstance(context);
  requireIdle(context.call.world.store, row.id);
  return startOperation(context, {
    kind: 'computeOperationsStatus',
    style: 'both',
    resourceId: row.id,
    location: row.location,
    runningState,
    result: { from: 'answer', status: 200 },
    onSuccess: [mergeChange('computes', row.id, fields)],
  });
}

function findInstance(context: ArmContext): Compute {
  const row = find(context);
  if (row.kind === 'ComputeInstance') return row;
  throw invalid(`The compute '${row.name}' is not an instance: it is neither turned on and off nor resized.`);
}

function present({ call, tenantId }: ArmContext, row: Compute): Record<string, unknown> {
  const { clock, store } = call.world;
  return presentCompute(row, tenantId, store, clock.now());
}

function find({ call, path }: ArmContext): Compute {
  const row = call.world.store.get('computes', path.id);
  if (row !== undefined) return row;
  const [workspace = '', name = ''] = path.names;
  const hasWorkspace =
    call.world.store.get('workspaces', path.id.replace(/\/computes\/[^/]+$/i, '')) !== undefined;
  const missing = `${MACHINE_LEARNING}/workspaces/${workspace}${hasWorkspace ? `/computes/${name}` : ''}`;
  throw resourceNotFound(missing, path.resourceGroup ?? '');
}
