import { idFor } from '../../core/ids.js';
import type { Workspace } from '../../core/resource-rows.js';
import { dataPlaneAddress } from '../../data-plane/data-plane-address.js';
import type { Call } from '../../http/call.js';
import { provisioningState } from '../operations/operation-state.js';
import { presentIdentity } from './present-identity.js';

/** A workspace as the service shows it to a caller. */
export function presentWorkspace(
  row: Workspace,
  tenantId: string,
  { faces, world }: Call,
): Record<string, unknown> {
  const workspaceGuid = idFor('workspace', row.id);
  const short = row.name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  const at = new Date(row.createdAt).toISOString();
  return {
    id: row.id,
    name: row.name,
    type: 'Microsoft.MachineLearningServices/workspaces',
    location: row.location,
    tags: row.tags,
    etag: null,
    kind: row.kind,
    sku: { name: 'Basic', tier: 'Basic' },
    identity: presentIdentity(row.identity, tenantId),
    properties: {
      friendlyName: row.name,
      description: '',
      storageAccount: null,
      keyVault: null,
      applicationInsights: null,
      containerRegistry: null,
      hbiWorkspace: false,
      imageBuildCompute: null,
      allowPublicAccessWhenBehindVnet: false,
      publicNetworkAccess: 'Enabled',
      v1LegacyMode: false,
      systemDatastoresAuthMode: 'accessKey',
      privateEndpointConnections: null,
      ...row.properties,
      tenantId,
      provisioningState: provisioningState(world.store, row.id),
      workspaceId: workspaceGuid,
      serviceProvisionedResourceGroup: null,
      privateLinkCount: 0,
      storageHnsEnabled: false,
      discoveryUrl: `${dataPlaneAddress(world.hosts, row.location, faces.areAzure)}/discovery`,
      mlFlowTrackingUri: `azureml://${row.location}.api.azureml.ms/mlflow/v1.0${row.id}`,
      notebookInfo: {
        resourceId: workspaceGuid.replaceAll('-', ''),
        fqdn: `ml-${short}-${row.location}-${workspaceGuid}.${row.location}.notebooks.azure.net`,
        isPrivateLinkEnabled: false,
        notebookPreparationError: null,
      },
    },
    systemData: {
      createdAt: at,
      createdBy: row.createdBy,
      createdByType: row.createdByType,
      lastModifiedAt: at,
      lastModifiedBy: row.createdBy,
      lastModifiedByType: row.createdByType,
    },
  };
}
