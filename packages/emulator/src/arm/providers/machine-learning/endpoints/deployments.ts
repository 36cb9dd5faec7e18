import { asText, isObject } from '../../../../core/json.js';
import { resourcesIn, type WorkspaceResource } from '../../../../core/workspace-resource-rows.js';
import { emptyAnswer, jsonAnswer } from '../../../../http/answer.js';
import { MACHINE_LEARNING_VERSIONS } from '../../../api-versions.js';
import type { ArmContext, ArmType } from '../../../arm-context.js';
import { listAnswer } from '../../../list-answer.js';
import { requireIdle } from '../../../operations/operation-state.js';
import { startOperation } from '../../../operations/start-operation.js';
import { readTags } from '../../../read-json-object.js';
import { mfeInvalid, mfeNotFound } from '../mfe-refusal.js';
import { readProperties } from '../read-properties.js';
import { placeOf } from '../resource-place.js';
import { stampResource } from '../stamp-resource.js';
import { BATCH, ONLINE, type EndpointFamily } from './endpoint-types.js';
import { presentDeployment } from './present-endpoint.js';
import { readSku } from './read-sku.js';

const NAME = /^[a-z][a-z\d_-]{0,30}[a-z\d]$/i;

/** `…/onlineEndpoints/{endpoint}/deployments`. */
export const onlineDeployments: ArmType = {
  ...deployments(ONLINE),
  actions: {
    getLogs(context) {
      const { name } = find(context);
      return jsonAnswer(200, {
        content: `Instance status:\nSystemSetup: Succeeded\nThe deployment ${name} of the emulator answers what it is sent.\n`,
      });
    },
  },
};

/** `…/batchEndpoints/{endpoint}/deployments`. */
export const batchDeployments: ArmType = deployments(BATCH);

/** `…/deployments/{deployment}/skus`: how far it can be scaled. */
export const onlineDeploymentSkus: ArmType = {
  type: `${ONLINE.deploymentType}/skus`,
  apiVersions: MACHINE_LEARNING_VERSIONS,
  list: {
    rule: 'enforced',
    handler: ({ call }) =>
      listAnswer(
        call,
        [
          {
            resourceType: ONLINE.deploymentType,
            sku: { name: 'Default', tier: 'Standard' },
            capacity: { minimum: 1, maximum: 50, default: 1, scaleType: 'Manual' },
          },
        ],
        '$skip',
      ),
  },
};

function deployments(family: EndpointFamily): ArmType {
  return {
    type: family.deploymentType,
    apiVersions: MACHINE_LEARNING_VERSIONS,
    list: {
      rule: 'enforced',
      handler(context) {
        const rows = resourcesIn(context.call.world.store, context.path.scope, family.deploymentType);
        return listAnswer(
          context.call,
          rows.map((row) => presentDeployment(context, row)),
          '$skip',
        );
      },
    },
    get: (context) => jsonAnswer(200, presentDeployment(context, find(context))),
    put: (context) => put(context, family),
    patch(context) {
      const existing = find(context);
      const { tags, sku } = context.body();
      requireIdle(context.call.world.store, existing.id);
      const row = {
        ...existing,
        ...stampResource(context, existing),
        ...readSku(sku, existing),
        tags: tags === undefined ? existing.tags : readTags(tags),
      };
      return change(context, row, 'Updating');
    },
    delete: (context) => remove(context),
  };
}

function put(context: ArmContext, family: EndpointFamily): Response {
  const { store } = context.call.world;
  const { id, parentId, workspace } = placeOf(context);
  const endpoint = store.get('workspaceResources', parentId);
  if (endpoint === undefined) throw mfeNotFound(family.noun, context.path.names[1] ?? '');
  requireIdle(store, id);
  const existing = store.get('workspaceResources', id);
  const name = existing?.name ?? context.path.names[2] ?? '';
  if (!NAME.test(name)) {
    throw mfeInvalid(
      `The deployment name '${name}' is not valid: 2 to 32 letters, digits, '-' and '_', a letter first.`,
    );
  }
  const body = context.body();
  const properties = readProperties(body, family === ONLINE ? ['endpointComputeType'] : []);
  const row: WorkspaceResource = {
    ...stampResource(context, existing),
    id,
    type: family.deploymentType,
    name,
    parentId: endpoint.id,
    location: endpoint.location ?? workspace.location,
    kind: asText(body['kind']) ?? family.kind,
    ...readSku(body['sku'], existing),
    tags: readTags(body['tags']),
    // Containers run with the identity of the endpoint.
    identity: null,
    properties,
    sealed: {},
    timeline: [],
  };
  return change(context, row, existing === undefined ? 'Creating' : 'Updating');
}

function change(context: ArmContext, row: WorkspaceResource, runningState: string): Response {
  context.call.world.store.put('workspaceResources', row.id, row);
  return startOperation(context, {
    kind: 'mfeOperationsStatus',
    style: 'async',
    resourceId: row.id,
    location: row.location ?? '',
    runningState,
    status: runningState === 'Creating' ? 201 : 200,
    body: () => presentDeployment(context, row),
  });
}

function remove(context: ArmContext): Response {
  const { store } = context.call.world;
  const existing = store.get('workspaceResources', context.path.id);
  if (existing === undefined) return emptyAnswer(204);
  requireIdle(store, existing.id);
  const traffic = store.get('workspaceResources', existing.parentId)?.properties['traffic'];
  const share = isObject(traffic) && Object.hasOwn(traffic, existing.name) ? traffic[existing.name] : 0;
  if (share !== 0) {
    throw mfeInvalid(
      `The deployment ${existing.name} still gets traffic. Set its share to 0 before you delete it.`,
    );
  }
  return startOperation(context, {
    kind: 'mfeOperationsStatus',
    style: 'both',
    resourceId: existing.id,
    location: existing.location ?? '',
    runningState: 'Deleting',
    onSuccess: [{ change: 'removeWithin', scope: existing.id }],
  });
}

function find({ call, path }: ArmContext): WorkspaceResource {
  const row = call.world.store.get('workspaceResources', path.id);
  if (row !== undefined) return row;
  throw mfeNotFound('Deployment', path.names[2] ?? '');
}
