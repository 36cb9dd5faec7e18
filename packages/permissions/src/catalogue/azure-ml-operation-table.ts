/**
 * The operations of Microsoft.MachineLearningServices: a resource type, or `.` for the provider itself, and
 * what can be done with it. Facts of Microsoft's list of resource provider operations (spring 2024), in its
 * spelling; there are no data actions among them.
 */
export const AZURE_ML_OPERATION_TABLE = `
  locations/computeoperationsstatus: read
  locations: deleteVirtualNetworkOrSubnets/action updateQuotas/action
  locations/mfeOperationResults: read
  locations/mfeOperationsStatus: read
  locations/quotas: read
  locations/usages: read
  locations/vmsizes: read
  locations/workspaceOperationsStatus: read
  operations: read
  .: register/action
  registries/assets: delete read write
  registries/assets/stage: write
  registries/checkNameAvailability: read
  registries/connections: delete read write
  registries: delete privateEndpointConnectionsApproval/action read write
  registries/privateEndpointConnectionProxies: delete read validate/action write
  registries/privateEndpointConnections: delete read write
  registries/privateLinkResources: read
  virtualclusters: delete read write
  virtualclusters/jobs: submit/action
  workspaces/assets/stage: write
  workspaces/batchEndpoints/checkNameAvailability: read
  workspaces/batchEndpoints: delete listKeys/action read write
  workspaces/batchEndpoints/deployments/checkNameAvailability: read
  workspaces/batchEndpoints/deployments: delete read write
  workspaces/batchEndpoints/deployments/jobs: delete read write
  workspaces/batchEndpoints/jobs: delete read write
  workspaces: checkComputeNameAvailability/action delete featuresets/action featurestoreentities/action listConnectionModels/action listKeys/action listStorageAccountKeys/action privateEndpointConnectionsApproval/action provisionManagedNetwork/action read resynckeys/action write
  workspaces/codes: delete read write
  workspaces/codes/versions: delete read write
  workspaces/components: delete read write
  workspaces/components/versions: delete read write
  workspaces/computes: applicationaccess/action applicationaccessuilinks/action delete listKeys/action listNodes/action read reimage/action restart/action start/action stop/action updateDataMounts/action updateIdleShutdownSetting/action updateSchedules/action write
  workspaces/connections: delete listsecrets/action read write
  workspaces/connections/deployments: delete read write
  workspaces/connections/models: read
  workspaces/data: delete read write
  workspaces/data/versions: delete read write
  workspaces/datadriftdetectors: delete read write
  workspaces/datasets: delete read write
  workspaces/datasets/registered: delete read write
  workspaces/datasets/registered/preview: read
  workspaces/datasets/registered/profile: read write
  workspaces/datasets/registered/schema: read
  workspaces/datasets/unregistered: delete read write
  workspaces/datasets/unregistered/preview: read
  workspaces/datasets/unregistered/profile: read write
  workspaces/datasets/unregistered/schema: read
  workspaces/datasets/versions: delete read write
  workspaces/datastores: delete listsecrets/action read write
  workspaces/diagnose: read
  workspaces/endpoints: delete listkeys/action read write
  workspaces/endpoints/deployments: delete read write
  workspaces/endpoints/deployments/modelmonitorings: delete read write
  workspaces/endpoints/models: read
  workspaces/endpoints/pipelines: read write
  workspaces/environments: build/action read readSecrets/action write
  workspaces/environments/versions: delete read write
  workspaces/eventGridFilters: delete read write
  workspaces/experiments: delete read write
  workspaces/experiments/runs: delete read submit/action write
  workspaces/features: read
  workspaces/featuresets: delete read write
  workspaces/featurestoreentities: delete read write
  workspaces/featurestores: delete read write
  workspaces/hubs: delete join/action read write
  workspaces/hubs/policies: delete read write
  workspaces/jobs: cancel/action delete read write
  workspaces/jobs/operationresults: read
  workspaces/labeling: export/action labelimport/action
  workspaces/labeling/labels: approve_unapprove/action delete read reject/action update/action write
  workspaces/labeling/projects: delete read write
  workspaces/labeling/projects/summary: read
  workspaces/linkedServices: delete read write
  workspaces/listNotebookAccessToken: read
  workspaces/listNotebookKeys: read
  workspaces/managedstorages/claim: manage/action read write
  workspaces/managedstorages/quota: manage/action read
  workspaces/marketplaceSubscriptions: delete read write
  workspaces/metadata/artifacts: delete read write
  workspaces/metadata/secrets: delete read write
  workspaces/metadata/snapshots: delete read write
  workspaces/metrics/resource: write
  workspaces/models: delete package/action read write
  workspaces/models/versions: delete read write
  workspaces/modules: read write
  workspaces/notebooks/samples: read
  workspaces/notebooks/storage: delete download/action read upload/action write
  workspaces/notebooks/vm: delete read write
  workspaces/onlineEndpoints/checkNameAvailability: read
  workspaces/onlineEndpoints: delete listkeys/action read regeneratekeys/action score/action token/action write
  workspaces/onlineEndpoints/deployments/checkNameAvailability: read
  workspaces/onlineEndpoints/deployments: delete getlogs/action read write
  workspaces/onlineEndpoints/deployments/operationresults: read
  workspaces/onlineEndpoints/deployments/operationsstatus: read
  workspaces/onlineEndpoints/deployments/skus: read
  workspaces/onlineEndpoints/operationresults: read
  workspaces/onlineEndpoints/operationsstatus: read
  workspaces/outboundNetworkDependenciesEndpoints: read
  workspaces/pipelinedrafts: delete read write
  workspaces/privateEndpointConnectionProxies: delete read validate/action write
  workspaces/privateEndpointConnections: delete read write
  workspaces/privateLinkResources: read
  workspaces/providers/Microsoft.Insights/diagnosticSettings: read write
  workspaces/providers/Microsoft.Insights/logDefinitions: read
  workspaces/providers/Microsoft.Insights/metricDefinitions: read
  workspaces/reports: delete read write
  workspaces/schedules: delete read write
  workspaces/serverlessEndpoints: delete listKeys/action read regenerateKeys/action write
  workspaces/services/aci: delete listkeys/action write
  workspaces/services/aks: delete listkeys/action score/action write
  workspaces/services: read
`;
