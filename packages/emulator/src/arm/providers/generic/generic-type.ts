import { scopeCovers } from '@aml-auth/permissions';

import { addGenericResource, type GenericResource } from '../../../core/generic-rows.js';
import { asText, isObject } from '../../../core/json.js';
import { emptyAnswer, jsonAnswer } from '../../../http/answer.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import { armRefusal } from '../../arm-refusal.js';
import { listAnswer } from '../../list-answer.js';
import { requireIdle } from '../../operations/operation-state.js';
import { startOperation } from '../../operations/start-operation.js';
import { readProperties, readTags } from '../../read-json-object.js';
import { removeWithin } from '../../remove-within.js';
import { resourceNotFound } from '../../resource-not-found.js';
import { readLocation } from '../read-location.js';
import { presentGeneric } from './dependents.js';
import type { GenericDescription } from './generic-description.js';

/** A resource type that can be made, listed, changed and deleted, and does nothing else. */
export function genericType(description: GenericDescription): ArmType {
  const { type } = description;
  return {
    type,
    apiVersions: description.apiVersions,
    list: {
      rule: 'filtered',
      handler({ call, path, may, tenantId }) {
        const rows = call.world.store
          .list('genericResources')
          .filter(
            (row) => row.type === type && scopeCovers(path.scope, row.id) && may(`${type}/read`, row.id),
          );
        return listAnswer(
          call,
          rows.map((row) => presentGeneric(row, tenantId, call.world.store)),
          '$skipToken',
        );
      },
    },
    get: (context) =>
      jsonAnswer(200, presentGeneric(find(context), context.tenantId, context.call.world.store)),
    put: (context) => put(context, description),
    patch(context) {
      const { call, tenantId } = context;
      const existing = find(context);
      const body = context.body();
      const row = addGenericResource(call.world.store, {
        ...existing,
        tags: body['tags'] === undefined ? existing.tags : readTags(body['tags']),
        sku: isObject(body['sku']) ? { ...existing.sku, ...body['sku'] } : existing.sku,
        properties: { ...existing.properties, ...readProperties(body['properties']) },
      });
      return jsonAnswer(200, presentGeneric(row, tenantId, call.world.store));
    },
    delete({ call, path }) {
      const existing = call.world.store.get('genericResources', path.id);
      if (existing === undefined) return emptyAnswer(204);
      removeWithin(call.world.store, existing.id);
      return emptyAnswer(200);
    },
  };
}

function put(context: ArmContext, description: GenericDescription): Response {
  const { call, path, tenantId } = context;
  const { store, clock } = call.world;
  requireIdle(store, path.id);
  const existing = store.get('genericResources', path.id);
  const name = existing?.name ?? path.names[0] ?? '';
  if (!description.isName(name)) throw armRefusal(400, ...description.badName(name));
  const body = context.body();
  const row = addGenericResource(store, {
    type: description.type,
    subscriptionId: existing?.subscriptionId ?? path.subscriptionId?.toLowerCase() ?? '',
    resourceGroup: existing?.resourceGroup ?? path.resourceGroup ?? '',
    name,
    location: readLocation(body['location'], existing, context.path.type),
    tags: readTags(body['tags']),
    kind: asText(body['kind']) ?? existing?.kind ?? description.kind,
    sku: isObject(body['sku']) ? body['sku'] : (existing?.sku ?? description.sku),
    properties: readProperties(body['properties']),
    createdAt: existing?.createdAt ?? clock.now(),
  });
  const present = (): unknown => presentGeneric(row, tenantId, store);
  const { creation } = description;
  if (existing !== undefined || creation === undefined) {
    return jsonAnswer(existing === undefined ? 201 : 200, present());
  }
  return startOperation(context, {
    ...creation,
    resourceId: row.id,
    location: row.location,
    // A location leads to the resource; whoever gets that already sees what it is doing.
    ...(creation.style === 'location' ? {} : { body: present }),
  });
}

function find({ call, path }: ArmContext): GenericResource {
  const row = call.world.store.get('genericResources', path.id);
  if (row !== undefined) return row;
  throw resourceNotFound(`${path.type}/${path.names[0] ?? ''}`, path.resourceGroup ?? '');
}
