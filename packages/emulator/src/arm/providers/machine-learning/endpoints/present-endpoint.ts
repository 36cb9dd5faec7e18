import { isObject } from '../../../../core/json.js';
import type { WorkspaceResource } from '../../../../core/workspace-resource-rows.js';
import type { ArmContext } from '../../../arm-context.js';
import { provisioningState } from '../../../operations/operation-state.js';
import { operationUrl } from '../../../operations/operation-url.js';
import { presentIdentity } from '../../present-identity.js';
import { presentResource } from '../generic-resource.js';
import type { Properties } from '../read-properties.js';
import { scoringAddress } from './endpoint-place.js';
import { ONLINE, type EndpointFamily } from './endpoint-types.js';

/** An endpoint as the service shows it. */
export function presentEndpoint(
  context: ArmContext,
  family: EndpointFamily,
  row: WorkspaceResource,
): Properties {
  const { faces, world } = context.call;
  const address = scoringAddress(world.hosts, row, faces.areAzure);
  return withIdentity(context, row, {
    ...family.defaults,
    ...row.properties,
    properties: {
      ...ownProperties(row),
      ...(family === ONLINE ? { 'azureml.onlineendpointid': row.id.toLowerCase() } : {}),
      ...handle(context, row),
    },
    ...family.addresses(address),
    provisioningState: provisioningState(world.store, row.id),
  });
}

/** A deployment as the service shows it. */
export function presentDeployment(context: ArmContext, row: WorkspaceResource): Properties {
  return withIdentity(context, row, {
    ...row.properties,
    properties: { ...ownProperties(row), ...handle(context, row) },
    provisioningState: provisioningState(context.call.world.store, row.id),
  });
}

function withIdentity({ tenantId }: ArmContext, row: WorkspaceResource, properties: Properties): Properties {
  return {
    ...presentResource({ ...row, properties }),
    ...(row.identity === null ? {} : { identity: presentIdentity(row.identity, tenantId) }),
  };
}

function ownProperties(row: WorkspaceResource): Properties {
  return isObject(row.properties['properties']) ? row.properties['properties'] : {};
}

/** Where the latest operation can be followed. Clients that crashed in the middle of one go on from there. */
function handle({ call }: ArmContext, row: WorkspaceResource): Properties {
  const operation = call.world.store
    .list('operations')
    .findLast(({ resourceId }) => resourceId.toLowerCase() === row.id.toLowerCase());
  return operation === undefined ? {} : { AzureAsyncOperationUri: operationUrl(call, operation, 'status') };
}
