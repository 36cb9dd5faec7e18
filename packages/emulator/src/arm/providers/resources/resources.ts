import { scopeCovers } from '@aml-auth/permissions';

import { queryValue } from '../../../http/call.js';
import { RESOURCES_VERSIONS } from '../../api-versions.js';
import type { ArmContext, ArmType } from '../../arm-context.js';
import { listAnswer } from '../../list-answer.js';
import { provisioningState } from '../../operations/operation-state.js';
import { presentIdentity } from '../present-identity.js';
import { resourceFilter } from '../resource-filter.js';
import { trackedResources, type TrackedResource } from './tracked-resources.js';

/** `/subscriptions/{id}/resources`: resources of every type. */
export const subscriptionResources: ArmType = resourceList('Microsoft.Resources/subscriptions/resources');

/** `/subscriptions/{id}/resourceGroups/{name}/resources`: the same, of one resource group. */
export const groupResources: ArmType = resourceList(
  'Microsoft.Resources/subscriptions/resourceGroups/resources',
);

function resourceList(type: string): ArmType {
  return { type, apiVersions: RESOURCES_VERSIONS, list: { rule: 'filtered', handler: list } };
}

function list(context: ArmContext): Response {
  const { call, path, may } = context;
  const matches = resourceFilter(queryValue(call, '$filter'));
  const rows = trackedResources(call.world.store).filter(
    (row) =>
      scopeCovers(path.scope, row.id) &&
      matches({ ...row, resourceType: row.type }) &&
      may(`${row.type}/read`, row.id),
  );
  return listAnswer(
    call,
    rows.map((row) => present(context, row)),
    '$skipToken',
    { top: true },
  );
}

function present({ call, tenantId }: ArmContext, row: TrackedResource): Record<string, unknown> {
  const { id, name, type, location, tags, kind, sku, identity, createdAt } = row;
  const expanded = queryValue(call, '$expand')?.toLowerCase().split(',') ?? [];
  const at = createdAt === undefined ? undefined : new Date(createdAt).toISOString();
  const more = {
    createdTime: at,
    changedTime: at,
    provisioningState: provisioningState(call.world.store, id),
  };
  return {
    id,
    name,
    type,
    location,
    tags,
    ...(kind === undefined || kind === null ? {} : { kind }),
    ...(sku === undefined || sku === null ? {} : { sku }),
    ...(identity === undefined || identity.type === 'None'
      ? {}
      : { identity: presentIdentity(identity, tenantId) }),
    ...Object.fromEntries(
      Object.entries(more).filter(([property]) => expanded.includes(property.toLowerCase())),
    ),
  };
}
