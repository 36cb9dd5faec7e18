import { addResourceHost } from '../../../../core/host-rows.js';
import type { Workspace } from '../../../../core/resource-rows.js';
import { newKey } from '../../../../core/vault.js';
import { resourcesIn, type WorkspaceResource } from '../../../../core/workspace-resource-rows.js';
import { emptyAnswer, jsonAnswer } from '../../../../http/answer.js';
import { MACHINE_LEARNING_VERSIONS } from '../../../api-versions.js';
import type { ArmContext, ArmType } from '../../../arm-context.js';
import { listAnswer } from '../../../list-answer.js';
import { requireIdle } from '../../../operations/operation-state.js';
import { startOperation } from '../../../operations/start-operation.js';
import { readTags } from '../../../read-json-object.js';
import { readLocation } from '../../read-location.js';
import { readIdentity } from '../../read-identity.js';
import { mergeIdentity, takeIdentity } from '../../take-identity.js';
import { mfeInvalid, mfeNotFound } from '../mfe-refusal.js';
import { placeOf } from '../resource-place.js';
import { stampResource } from '../stamp-resource.js';
import { endpointToken, listEndpointKeys, regenerateEndpointKeys } from './endpoint-keys.js';
import { findOnlineEndpoint } from './endpoint-place.js';
import { BATCH, ONLINE, SERVERLESS, type EndpointFamily } from './endpoint-types.js';
import { presentEndpoint } from './present-endpoint.js';
import { readEndpoint } from './read-endpoint.js';
import { readSku } from './read-sku.js';

const NAME = /^[a-z][a-z\d-]{1,30}[a-z\d]$/i;

/** `…/workspaces/{workspace}/onlineEndpoints`. */
export const onlineEndpoints: ArmType = {
  ...endpoints(ONLINE),
  actions: {
    listKeys: (context) => listEndpointKeys(context, findEndpoint(context, ONLINE)),
    regenerateKeys: (context) => regenerateEndpointKeys(context, findEndpoint(context, ONLINE)),
    token: (context) => endpointToken(context, findEndpoint(context, ONLINE)),
  },
};

/** `…/workspaces/{workspace}/batchEndpoints`: kept and shown; nobody answers at their addresses. */
export const batchEndpoints: ArmType = {
  ...endpoints(BATCH),
  actions: { listKeys: (context) => listEndpointKeys(context, findEndpoint(context, BATCH)) },
};

/** `…/workspaces/{workspace}/serverlessEndpoints`: likewise, with keys. */
export const serverlessEndpoints: ArmType = {
  ...endpoints(SERVERLESS),
  actions: {
    listKeys: (context) => listEndpointKeys(context, findEndpoint(context, SERVERLESS)),
    regenerateKeys: (context) => regenerateEndpointKeys(context, findEndpoint(context, SERVERLESS)),
  },
};

function endpoints(family: EndpointFamily): ArmType {
  return {
    type: family.type,
    apiVersions: MACHINE_LEARNING_VERSIONS,
    list: {
      rule: 'enforced',
      handler(context) {
        const rows = resourcesIn(context.call.world.store, context.path.scope, family.type);
        return listAnswer(
          context.call,
          rows.map((row) => presentEndpoint(context, family, row)),
          '$skip',
        );
      },
    },
    get: (context) => jsonAnswer(200, presentEndpoint(context, family, findEndpoint(context, family))),
    put: (context) => put(context, family),
    patch(context) {
      const existing = findEndpoint(context, family);
      requireIdle(context.call.world.store, existing.id);
      const row = patched(context, family, existing);
      return change(context, row, { runningState: 'Updating', style: 'both' });
    },
    delete(context) {
      const { store } = context.call.world;
      const existing = store.get('workspaceResources', context.path.id);
      if (existing === undefined) return emptyAnswer(204);
      requireIdle(store, existing.id);
      return startOperation(context, {
        kind: 'mfeOperationsStatus',
        style: 'both',
        resourceId: existing.id,
        location: existing.location ?? '',
        runningState: 'Deleting',
        onSuccess: [{ change: 'removeWithin', scope: existing.id }],
      });
    },
  };
}

function put(context: ArmContext, family: EndpointFamily): Response {
  const { store, vault } = context.call.world;
  const { id, workspace } = placeOf(context);
  const existing = store.get('workspaceResources', id);
  requireIdle(store, id);
  const name = existing?.name ?? context.path.names[1] ?? '';
  if (!NAME.test(name)) {
    throw mfeInvalid(
      `The endpoint name '${name}' is not valid: 3 to 32 letters, digits and '-', a letter first and no '-' last.`,
    );
  }
  const body = context.body();
  const place = {
    location: existing?.location ?? workspace.location,
    resourceGroup: workspace.resourceGroup,
  };
  const location = readLocation(
    body['location'] ?? place.location,
    existing === undefined ? undefined : { name, ...place },
    family.type,
  );
  const namesake = family === ONLINE ? findOnlineEndpoint(store, location, name) : undefined;
  if (namesake !== undefined && namesake.id !== id) {
    throw mfeInvalid(`There already exists an endpoint with the name ${name} in the region ${location}.`);
  }
  const { properties, keys } = readEndpoint(store, family, id, body);
  const { primary, secondary } = keys;
  const row: WorkspaceResource = {
    ...stampResource(context, existing),
    id,
    type: family.type,
    name,
    parentId: workspace.id,
    location,
    kind: typeof body['kind'] === 'string' ? body['kind'] : (existing?.kind ?? family.kind),
    ...readSku(body['sku'], existing),
    tags: readTags(body['tags']),
    identity: takeIdentity(
      context,
      {
        id,
        displayName: identityName(workspace, family, name),
        before: existing?.identity ?? undefined,
      },
      readIdentity(body['identity'] ?? { type: 'SystemAssigned' }),
    ),
    properties,
    sealed: {
      primary:
        primary === undefined ? (existing?.sealed['primary'] ?? vault.seal(newKey())) : vault.seal(primary),
      secondary:
        secondary === undefined
          ? (existing?.sealed['secondary'] ?? vault.seal(newKey()))
          : vault.seal(secondary),
    },
    timeline: [],
  };
  const runningState = existing === undefined ? 'Creating' : 'Updating';
  return change(context, row, {
    runningState,
    style: 'async',
    body: () => presentEndpoint(context, family, row),
  });
}

/** A PATCH changes tags and identities and leaves everything else alone. */
function patched(
  context: ArmContext,
  family: EndpointFamily,
  existing: WorkspaceResource,
): WorkspaceResource {
  const body = context.body();
  const displayName = identityName(placeOf(context).workspace, family, existing.name);
  return {
    ...existing,
    ...stampResource(context, existing),
    tags: body['tags'] === undefined ? existing.tags : readTags(body['tags']),
    identity:
      body['identity'] === undefined
        ? existing.identity
        : takeIdentity(
            context,
            { id: existing.id, displayName, before: existing.identity ?? undefined },
            mergeIdentity(existing.identity, body['identity']),
          ),
  };
}

/** What the directory calls the system-assigned identity of an endpoint. */
function identityName(workspace: Workspace, { path }: EndpointFamily, name: string): string {
  return `${workspace.name}/${path}/${name}`;
}

function change(
  context: ArmContext,
  row: WorkspaceResource,
  how: { readonly runningState: string; readonly style: 'async' | 'both'; readonly body?: () => unknown },
): Response {
  const { store } = context.call.world;
  store.put('workspaceResources', row.id, row);
  const location = row.location ?? '';
  if (row.type === ONLINE.type) addResourceHost(store, 'aml-online-endpoint', { ...row, location });
  const status = how.body === undefined ? 202 : how.runningState === 'Creating' ? 201 : 200;
  return startOperation(context, {
    kind: 'mfeOperationsStatus',
    resourceId: row.id,
    location,
    status,
    ...how,
  });
}

/** The endpoint that the path names, or 404. */
function findEndpoint({ call, path }: ArmContext, family: EndpointFamily): WorkspaceResource {
  const row = call.world.store.get('workspaceResources', path.id);
  if (row !== undefined) return row;
  throw mfeNotFound(family.noun, path.names[1] ?? '');
}
