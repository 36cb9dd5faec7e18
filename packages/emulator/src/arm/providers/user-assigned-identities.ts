import { scopeCovers } from '@aml-auth/permissions';

import { MANAGED_IDENTITY } from '../../core/arm-ids.js';
import { addUserAssignedIdentity, type UserAssignedIdentityInit } from '../../core/identity-rows.js';
import type { UserAssignedIdentity } from '../../core/resource-rows.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import { MANAGED_IDENTITY_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { listAnswer } from '../list-answer.js';
import { readTags } from '../read-json-object.js';
import { removeWithin } from '../remove-within.js';
import { resourceNotFound } from '../resource-not-found.js';
import { readLocation } from './read-location.js';

const TYPE = `${MANAGED_IDENTITY}/userAssignedIdentities`;
const NAME = /^[a-z\d][\w-]{2,127}$/i;

/** `…/providers/Microsoft.ManagedIdentity/userAssignedIdentities`. */
export const userAssignedIdentities: ArmType = {
  type: TYPE,
  apiVersions: MANAGED_IDENTITY_VERSIONS,
  list: {
    rule: 'filtered',
    handler({ call, path, may, tenantId }) {
      const rows = call.world.store
        .list('userAssignedIdentities')
        .filter((row) => scopeCovers(path.scope, row.id) && may(`${TYPE}/read`, row.id));
      return listAnswer(
        call,
        rows.map((row) => present(row, tenantId)),
        '$skipToken',
      );
    },
  },
  get: (context) => jsonAnswer(200, present(find(context), context.tenantId)),
  put(context) {
    const { call, path } = context;
    const existing = call.world.store.get('userAssignedIdentities', path.id);
    const name = existing?.name ?? path.names[0] ?? '';
    if (!NAME.test(name)) {
      const message = `The identity name '${name}' is not valid: 3 to 128 letters, digits, '-' and '_', the first one a letter or digit.`;
      throw armRefusal(400, 'InvalidResourceName', message);
    }
    const body = context.body();
    return save(context, existing, {
      subscriptionId: existing?.subscriptionId ?? path.subscriptionId?.toLowerCase() ?? '',
      resourceGroup: existing?.resourceGroup ?? path.resourceGroup ?? '',
      name,
      location: readLocation(body['location'], existing, context.path.type),
      tags: readTags(body['tags']),
    });
  },
  patch(context) {
    const existing = find(context);
    const { tags } = context.body();
    return save(context, existing, {
      ...existing,
      tags: tags === undefined ? existing.tags : readTags(tags),
    });
  },
  delete({ call, path }) {
    const existing = call.world.store.get('userAssignedIdentities', path.id);
    if (existing === undefined) return emptyAnswer(204);
    removeWithin(call.world.store, existing.id);
    return emptyAnswer(200);
  },
};

function save(
  { call, tenantId }: ArmContext,
  existing: UserAssignedIdentity | undefined,
  init: UserAssignedIdentityInit,
): Response {
  const row = addUserAssignedIdentity(call.world.store, tenantId, init);
  return jsonAnswer(existing === undefined ? 201 : 200, present(row, tenantId));
}

function find({ call, path }: ArmContext): UserAssignedIdentity {
  const row = call.world.store.get('userAssignedIdentities', path.id);
  if (row !== undefined) return row;
  throw resourceNotFound(`${TYPE}/${path.names[0] ?? ''}`, path.resourceGroup ?? '');
}

function present(row: UserAssignedIdentity, tenantId: string): Record<string, unknown> {
  const { id, name, location, tags, principalId, clientId } = row;
  return { id, name, type: TYPE, location, tags, properties: { tenantId, principalId, clientId } };
}
