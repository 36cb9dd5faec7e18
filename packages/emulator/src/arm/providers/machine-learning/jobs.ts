import { MACHINE_LEARNING } from '../../../core/arm-ids.js';
import { isObject } from '../../../core/json.js';
import { mergeChange } from '../../../core/operation-rows.js';
import { stateAt } from '../../../core/timeline.js';
import { resourcesIn, type WorkspaceResource } from '../../../core/workspace-resource-rows.js';
import { emptyAnswer, jsonAnswer } from '../../../http/answer.js';
import { queryValue } from '../../../http/call.js';
import { MACHINE_LEARNING_VERSIONS } from '../../api-versions.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import { listAnswer } from '../../list-answer.js';
import { startOperation } from '../../operations/start-operation.js';
import { wantedBy } from './assets.js';
import { presentResource } from './generic-resource.js';
import { isJobOver, presentJob } from './present-job.js';
import { mfeInvalid, mfeNotFound } from './mfe-refusal.js';
import { readJob } from './read-job.js';
import type { Properties } from './read-properties.js';
import { placeOf } from './resource-place.js';
import { stampResource } from './stamp-resource.js';

const TYPE = `${MACHINE_LEARNING}/workspaces/jobs`;
const NAME = /^[a-z\d][\w-]{0,254}$/i;

/** `…/workspaces/{workspace}/jobs`: nothing runs; what a job is doing is read off the clock. */
export const jobs: ArmType = {
  type: TYPE,
  apiVersions: MACHINE_LEARNING_VERSIONS,
  list: {
    rule: 'enforced',
    handler(context) {
      const { call, path } = context;
      const type = queryValue(call, 'jobType')?.toLowerCase();
      const tag = queryValue(call, 'tag');
      const rows = wantedBy(context, resourcesIn(call.world.store, path.scope, TYPE))
        .filter(
          ({ properties }) => type === undefined || String(properties['jobType']).toLowerCase() === type,
        )
        .filter(({ properties }) => tag === undefined || hasTag(properties['tags'], tag));
      // Newest first.
      return listAnswer(
        call,
        [...rows].reverse().map((row) => present(context, row)),
        '$skip',
      );
    },
  },
  get: (context) => jsonAnswer(200, present(context, find(context))),
  put,
  delete(context) {
    const { store } = context.call.world;
    const existing = store.get('workspaceResources', context.path.id);
    if (existing === undefined) return emptyAnswer(204);
    if (!isOver(context, existing))
      throw mfeInvalid(`Job ${existing.name} has not ended. Cancel it before you delete it.`);
    return startOperation(context, {
      kind: 'mfeOperationsStatus',
      style: 'location',
      resourceId: existing.id,
      location: placeOf(context).workspace.location,
      runningState: 'Deleting',
      onSuccess: [{ change: 'remove', table: 'workspaceResources', key: existing.id }],
    });
  },
  actions: { cancel },
};

function put(context: ArmContext): Response {
  const { store } = context.call.world;
  const { id, workspace } = placeOf(context);
  const existing = store.get('workspaceResources', id);
  const name = existing?.name ?? context.path.names[1] ?? '';
  if (!NAME.test(name)) throw mfeInvalid(`The job name '${name}' is not valid.`);
  const { properties, timeline } = readJob(context, existing);
  const row: WorkspaceResource = {
    ...stampResource(context, existing),
    id,
    type: TYPE,
    name,
    parentId: workspace.id,
    location: null,
    kind: null,
    tags: {},
    identity: null,
    properties,
    sealed: {},
    timeline,
  };
  store.put('workspaceResources', id, row);
  return jsonAnswer(existing === undefined ? 201 : 200, present(context, row));
}

/** `POST {job}/cancel`: 200 for a job that is over, else an operation that ends with the job canceled. */
function cancel(context: ArmContext): Response {
  const { clock, operations, store } = context.call.world;
  const row = find(context);
  if (isOver(context, row)) return emptyAnswer(200);
  const now = clock.now();
  const requested = [
    ...row.timeline.filter(({ from }) => from <= now),
    { state: 'CancelRequested', from: now },
  ];
  store.put('workspaceResources', row.id, { ...row, timeline: requested });
  const canceled = [...requested, { state: 'Canceled', from: now + operations.durationMs }];
  return startOperation(context, {
    kind: 'mfeOperationsStatus',
    style: 'location',
    resourceId: row.id,
    location: placeOf(context).workspace.location,
    runningState: 'Canceling',
    result: { from: 'answer', status: 200 },
    onSuccess: [mergeChange('workspaceResources', row.id, { timeline: canceled })],
    onFailure: [mergeChange('workspaceResources', row.id, { timeline: row.timeline })],
  });
}

function isOver({ call }: ArmContext, row: WorkspaceResource): boolean {
  return isJobOver(stateAt(row.timeline, call.world.clock.now()));
}

/** @param wanted - a name, or a name and a value with `=` between them */
function hasTag(tags: unknown, wanted: string): boolean {
  if (!isObject(tags)) return false;
  const divider = wanted.indexOf('=');
  const name = divider < 0 ? wanted : wanted.slice(0, divider);
  return Object.hasOwn(tags, name) && (divider < 0 || tags[name] === wanted.slice(divider + 1));
}

function present(context: ArmContext, row: WorkspaceResource): Properties {
  const { clock } = context.call.world;
  const { workspace } = placeOf(context);
  const status = stateAt(row.timeline, clock.now());
  return presentResource(row, presentJob(row, workspace, context.tenantId, status));
}

function find({ call, path }: ArmContext): WorkspaceResource {
  const row = call.world.store.get('workspaceResources', path.id);
  if (row !== undefined) return row;
  throw mfeNotFound('Job', path.names[1] ?? '');
}
