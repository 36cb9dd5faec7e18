import { scopeCovers } from '@aml-auth/permissions';

import { asText } from '../../core/json.js';
import { addWorkspace } from '../../core/workspace-rows.js';
import type { Workspace } from '../../core/tables.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import { queryValue } from '../../http/call.js';
import { MACHINE_LEARNING_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { requireIdle } from '../operations/operation-state.js';
import { startOperation } from '../operations/start-operation.js';
import { listAnswer } from '../list-answer.js';
import { readProperties, readTags } from '../read-json-object.js';
import { resourceNotFound } from '../resource-not-found.js';
import { presentWorkspace } from './present-workspace.js';
import { takeIdentity } from './take-identity.js';
import { workspaceInvalid } from './workspace-invalid.js';
import { checkWorkspaceLinks, linksOf } from './workspace-links.js';
import { readLocation } from './read-location.js';

const TYPE = 'Microsoft.MachineLearningServices/workspaces';
const NAME = /^[a-z\d][\w-]{2,32}$/i;

/** `…/providers/Microsoft.MachineLearningServices/workspaces`. PUT and DELETE are long-running: 202 with `Location`. */
export const workspaces: ArmType = {
  type: TYPE,
  apiVersions: MACHINE_LEARNING_VERSIONS,
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
        rows.map((row) => presentWorkspace(row, tenantId, call.world.store)),
        '$skip',
      );
    },
  },
  get: (context) =>
    jsonAnswer(200, presentWorkspace(find(context), context.tenantId, context.call.world.store)),
  put(context) {
    const { call, path, caller, tenantId } = context;
    const existing = call.world.store.get('workspaces', path.id);
    requireIdle(call.world.store, path.id);
    const name = existing?.name ?? path.names[0] ?? '';
    const body = context.body();
    if (!NAME.test(name)) {
      throw workspaceInvalid(
        `Workspace name '${name}' is not valid: 3 to 33 letters, digits, '-' and '_', the first one a letter or digit.`,
      );
    }
    const location = readLocation(body['location'], existing);
    const kind = asText(body['kind']) ?? existing?.kind ?? 'Default';
    const identity = takeIdentity(context, body['identity'] ?? { type: 'SystemAssigned' });
    const tags = readTags(body['tags']);
    const properties = readProperties(body['properties']);
    checkWorkspaceLinks(context, kind, properties, existing);
    const row = addWorkspace(call.world.store, tenantId, {
      subscriptionId: existing?.subscriptionId ?? path.subscriptionId?.toLowerCase() ?? '',
      resourceGroup: existing?.resourceGroup ?? path.resourceGroup ?? '',
      name,
      location,
      kind,
      tags,
      ...identity,
      properties: { ...linksOf(existing), ...properties },
      createdAt: existing?.createdAt ?? call.world.clock.now(),
      createdBy: existing?.createdBy ?? caller.name,
      createdByType: existing?.createdByType ?? caller.kind,
    });
    return startOperation(context, {
      kind: 'workspaceOperationsStatus',
      style: 'location',
      resourceId: row.id,
      location: row.location,
      runningState: existing === undefined ? 'Creating' : 'Updating',
    });
  },
  patch(context) {
    const { call, tenantId } = context;
    const existing = find(context);
    const body = context.body();
    const identity =
      body['identity'] === undefined
        ? { identityType: existing.identity.type, userAssigned: existing.identity.userAssigned }
        : takeIdentity(context, body['identity']);
    const properties = readProperties(body['properties']);
    checkWorkspaceLinks(context, existing.kind, properties, existing);
    const row = addWorkspace(call.world.store, tenantId, {
      ...existing,
      ...identity,
      tags: body['tags'] === undefined ? existing.tags : readTags(body['tags']),
      properties: { ...existing.properties, ...properties },
    });
    return jsonAnswer(200, presentWorkspace(row, tenantId, call.world.store));
  },
  delete(context) {
    const { store } = context.call.world;
    const existing = store.get('workspaces', context.path.id);
    if (existing === undefined) return emptyAnswer(204);
    requireIdle(store, existing.id);
    return startOperation(context, {
      kind: 'workspaceOperationsStatus',
      style: 'location',
      resourceId: existing.id,
      location: existing.location,
      runningState: 'Deleting',
      onSuccess: [{ change: 'removeWithin', scope: existing.id }],
    });
  },
};

function find({ call, path }: ArmContext): Workspace {
  const row = call.world.store.get('workspaces', path.id);
  if (row !== undefined) return row;
  throw resourceNotFound(`${TYPE}/${path.names[0] ?? ''}`, path.resourceGroup ?? '');
}
