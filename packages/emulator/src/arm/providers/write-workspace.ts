import { workspaceId } from '../../core/arm-ids.js';
import { isSoftDeleted } from '../../core/deleted-workspace-rows.js';
import { asText } from '../../core/json.js';
import type { ResourceIdentity, Workspace } from '../../core/resource-rows.js';
import { addWorkspace } from '../../core/workspace-rows.js';
import type { ArmContext } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { readProperties, readTags } from '../read-json-object.js';
import { readIdentity } from './read-identity.js';
import { readLocation } from './read-location.js';
import { mergeIdentity, takeIdentity } from './take-identity.js';
import { workspaceInvalid } from './workspace-invalid.js';
import { checkWorkspaceLinks, linksOf } from './workspace-links.js';

const NAME = /^[a-z\d][\w-]{2,32}$/i;

/** Reads the body of a PUT and writes the workspace. What it refers to stays, where the body says nothing of it. */
export function createWorkspace(context: ArmContext, existing: Workspace | undefined): Workspace {
  const { call, path, caller } = context;
  const name = existing?.name ?? path.names[0] ?? '';
  if (!NAME.test(name)) {
    throw workspaceInvalid(
      `Workspace name '${name}' is not valid: 3 to 33 letters, digits, '-' and '_', the first one a letter or digit.`,
    );
  }
  if (existing === undefined && isSoftDeleted(call.world.store, path.id, call.world.clock.now())) {
    throw armRefusal(
      400,
      'BadRequest',
      'Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete',
    );
  }
  const body = context.body();
  const subscriptionId = existing?.subscriptionId ?? path.subscriptionId?.toLowerCase() ?? '';
  const resourceGroup = existing?.resourceGroup ?? path.resourceGroup ?? '';
  const location = readLocation(body['location'], existing, context.path.type);
  const kind = asText(body['kind']) ?? existing?.kind ?? 'Default';
  const wanted =
    body['identity'] === undefined && existing !== undefined
      ? { identityType: existing.identity.type, userAssigned: existing.identity.userAssigned }
      : readIdentity(body['identity'] ?? { type: 'SystemAssigned' });
  const tags = readTags(body['tags']);
  const properties = readProperties(body['properties']);
  checkWorkspaceLinks(context, kind, properties, existing);
  const id = existing?.id ?? workspaceId(subscriptionId, resourceGroup, name);
  const identity = takeIdentity(context, { id, displayName: name, before: existing?.identity }, wanted);
  return addWorkspace(call.world.store, context.tenantId, {
    subscriptionId,
    resourceGroup,
    name,
    location,
    kind,
    tags,
    ...initOf(identity),
    properties: { ...linksOf(existing), ...properties },
    createdAt: existing?.createdAt ?? call.world.clock.now(),
    createdBy: existing?.createdBy ?? caller.name,
    createdByType: existing?.createdByType ?? caller.kind,
  });
}

/** Reads the body of a PATCH and writes the workspace. What the body says nothing of stays as it is. */
export function updateWorkspace(context: ArmContext, existing: Workspace): Workspace {
  const { store } = context.call.world;
  const body = context.body();
  const tags = body['tags'] === undefined ? existing.tags : readTags(body['tags']);
  const properties = readProperties(body['properties']);
  checkWorkspaceLinks(context, existing.kind, properties, existing);
  const { id, name, identity: before } = existing;
  const identity =
    body['identity'] === undefined
      ? before
      : takeIdentity(context, { id, displayName: name, before }, mergeIdentity(before, body['identity']));
  return addWorkspace(store, context.tenantId, {
    ...existing,
    ...initOf(identity),
    tags,
    properties: { ...existing.properties, ...properties },
  });
}

function initOf(identity: ResourceIdentity): {
  readonly identityType: string;
  readonly userAssigned: readonly string[];
} {
  return { identityType: identity.type, userAssigned: identity.userAssigned };
}
