import { scopeCovers } from '@aml-auth/permissions';

import { resourceGroupId } from '../../core/arm-ids.js';
import { asText } from '../../core/json.js';
import type { Store } from '../../core/store.js';
import type { ResourceGroup } from '../../core/resource-rows.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import { queryValue } from '../../http/call.js';
import { RESOURCES_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { resourceGroupNotFound } from '../resource-group-not-found.js';
import { isLocation, LOCATIONS } from './resources/locations.js';
import { tagFilter } from './resource-filter.js';
import { listAnswer } from '../list-answer.js';
import { readTags } from '../read-json-object.js';
import { provisioningState, requireIdle } from '../operations/operation-state.js';
import { startOperation } from '../operations/start-operation.js';
import { normalizeLocation } from './normalize-location.js';

const TYPE = 'Microsoft.Resources/subscriptions/resourceGroups';
const NAME = /^[-\w.()]{1,89}[-\w()]$|^[-\w()]$/;

/** `/subscriptions/{id}/resourceGroups`. */
export const resourceGroups: ArmType = {
  type: TYPE,
  apiVersions: RESOURCES_VERSIONS,
  list: {
    rule: 'filtered',
    handler(context) {
      const { call, path, may } = context;
      const rows = call.world.store
        .list('resourceGroups')
        .filter((row) => scopeCovers(path.scope, row.id) && may(`${TYPE}/read`, row.id))
        .filter(tagFilter(queryValue(call, '$filter')));
      return listAnswer(
        call,
        rows.map((row) => present(row, call.world.store)),
        '$skipToken',
        { top: true },
      );
    },
  },
  get(context) {
    const row = find(context);
    if (context.call.method === 'HEAD') return emptyAnswer(row === undefined ? 404 : 204);
    if (row === undefined) throw resourceGroupNotFound(nameOf(context));
    return jsonAnswer(200, present(row, context.call.world.store));
  },
  put(context) {
    const name = nameOf(context);
    if (!NAME.test(name)) {
      const message = `The provided resource group name '${name}' has these invalid characters: '${name.replaceAll(/[-\w.()]/g, '')}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`;
      throw armRefusal(400, 'InvalidResourceGroup', message);
    }
    const body = context.body();
    const existing = find(context);
    const location = normalizeLocation(asText(body['location']) ?? existing?.location);
    if (location === undefined) {
      throw armRefusal(400, 'LocationRequired', 'The location property is required for this definition.');
    }
    if (existing === undefined && !isLocation(location)) {
      const message = `The provided location '${location}' is not available for resource group. List of available regions is '${LOCATIONS.map(({ name: region }) => region).join(',')}'.`;
      throw armRefusal(400, 'LocationNotAvailableForResourceGroup', message);
    }
    if (existing !== undefined && existing.location !== location) {
      const message = `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.location}'.`;
      throw armRefusal(409, 'InvalidResourceGroupLocation', message);
    }
    return save(context, existing, { name, location, tags: readTags(body['tags']) });
  },
  patch(context) {
    const existing = find(context);
    if (existing === undefined) throw resourceGroupNotFound(nameOf(context));
    const body = context.body();
    const tags = body['tags'] === undefined ? existing.tags : readTags(body['tags']);
    return save(context, existing, { ...existing, tags });
  },
  delete(context) {
    const existing = find(context);
    if (existing === undefined) throw resourceGroupNotFound(nameOf(context));
    requireIdle(context.call.world.store, existing.id);
    return startOperation(context, {
      kind: 'resourceOperations',
      style: 'location',
      resourceId: existing.id,
      location: existing.location,
      runningState: 'Deleting',
      result: { from: 'answer', status: 200 },
      onSuccess: [{ change: 'removeWithin', scope: existing.id }],
    });
  },
};

function save(
  { call, path }: ArmContext,
  existing: ResourceGroup | undefined,
  row: Pick<ResourceGroup, 'name' | 'location' | 'tags'>,
): Response {
  const subscriptionId = existing?.subscriptionId ?? path.subscriptionId?.toLowerCase() ?? '';
  const name = existing?.name ?? row.name;
  const saved = { ...row, name, subscriptionId, id: resourceGroupId(subscriptionId, name) };
  call.world.store.put('resourceGroups', saved.id, saved);
  return jsonAnswer(existing === undefined ? 201 : 200, present(saved, call.world.store));
}

function find({ call, path }: ArmContext): ResourceGroup | undefined {
  return call.world.store.get('resourceGroups', path.id);
}

function nameOf({ path }: ArmContext): string {
  return path.names[0] ?? '';
}

function present(row: ResourceGroup, store: Store): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    type: 'Microsoft.Resources/resourceGroups',
    location: row.location,
    tags: row.tags,
    properties: { provisioningState: provisioningState(store, row.id) },
  };
}
