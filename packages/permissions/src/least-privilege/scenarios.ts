const ML = 'Microsoft.MachineLearningServices';
const WORKSPACE = `${ML}/workspaces`;

/** What an activity of Azure Machine Learning needs. */
export interface Scenario {
  /** What is done, in a few words. */
  readonly activity: string;
  /** Where the role has to be assigned. */
  readonly scope:
    'workspace' | 'resourceGroup' | 'subscription' | 'identity' | 'network' | 'customRoleScopes';
  /** Operations or patterns of the control plane. There are no others in Azure Machine Learning. */
  readonly actions: readonly string[];
  /** What else is needed, elsewhere. */
  readonly also?: string;
}

/** An activity that `leastPrivilege` knows by name. Names that end in V1 are for the older interfaces. */
export type ScenarioName =
  | 'createWorkspace'
  | 'setQuota'
  | 'createCompute'
  | 'submitJob'
  | 'submitRunV1'
  | 'publishPipeline'
  | 'publishPipelineV1'
  | 'deployToKubernetes'
  | 'scoreOnKubernetes'
  | 'useNotebooks'
  | 'manageOnlineEndpoints'
  | 'readEndpointKeys'
  | 'assignIdentityToCompute'
  | 'createCustomRole'
  | 'useCustomSubnet';

/**
 * Activities by name, with the operations that Microsoft Learn lists for them ("Manage access to Azure Machine
 * Learning workspaces", common scenarios).
 */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  createWorkspace: {
    activity: 'create a workspace',
    scope: 'resourceGroup',
    actions: [`${WORKSPACE}/read`, `${WORKSPACE}/write`],
    also: `Once in a subscription, ${ML}/register/action. What the workspace depends on is created with it, for which Microsoft names Owner or Contributor on the resource group.`,
  },
  setQuota: {
    activity: 'set the quota of a subscription',
    scope: 'subscription',
    actions: [`${ML}/locations/updateQuotas/action`],
  },
  createCompute: {
    activity: 'create a compute cluster or instance',
    scope: 'workspace',
    actions: inWorkspace('computes/write'),
  },
  submitJob: {
    activity: 'submit a job',
    scope: 'workspace',
    actions: inWorkspace(
      '*/read environments/write jobs/* metadata/artifacts/write metadata/codes/*/write environments/build/action environments/readSecrets/action',
    ),
  },
  submitRunV1: {
    activity: 'submit a run',
    scope: 'workspace',
    actions: inWorkspace(
      '*/read environments/write experiments/runs/write metadata/artifacts/write metadata/snapshots/write environments/build/action experiments/runs/submit/action environments/readSecrets/action',
    ),
  },
  publishPipeline: {
    activity: 'publish pipelines and endpoints of pipelines',
    scope: 'workspace',
    actions: inWorkspace('endpoints/pipelines/* pipelinedrafts/* components/*'),
  },
  publishPipelineV1: {
    activity: 'publish pipelines and endpoints of pipelines',
    scope: 'workspace',
    actions: inWorkspace('endpoints/pipelines/* pipelinedrafts/* modules/*'),
  },
  deployToKubernetes: {
    activity: 'deploy a registered model to Kubernetes or to container instances',
    scope: 'workspace',
    actions: inWorkspace('services/aks/write services/aci/write'),
  },
  scoreOnKubernetes: {
    activity: 'score with an endpoint on Kubernetes',
    scope: 'workspace',
    actions: inWorkspace('services/aks/score/action services/aks/listkeys/action'),
  },
  useNotebooks: {
    activity: 'use notebooks and their storage',
    scope: 'workspace',
    actions: inWorkspace(
      'computes/read notebooks/samples/read notebooks/storage/* listStorageAccountKeys/action listNotebookAccessToken/read',
    ),
  },
  manageOnlineEndpoints: {
    activity: 'create, change and delete online endpoints',
    scope: 'workspace',
    actions: inWorkspace('onlineEndpoints/*'),
    also: 'In the studio, Microsoft.Resources/deployments/write on the resource group.',
  },
  readEndpointKeys: {
    activity: 'fetch keys and tokens of online endpoints',
    scope: 'workspace',
    actions: inWorkspace('onlineEndpoints/token/action onlineEndpoints/listkeys/action'),
  },
  assignIdentityToCompute: {
    activity: 'give a compute cluster a user-assigned identity',
    scope: 'identity',
    actions: ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'],
    also: `At the workspace, ${WORKSPACE}/computes/write.`,
  },
  createCustomRole: {
    activity: 'create a custom role',
    scope: 'customRoleScopes',
    actions: ['Microsoft.Authorization/roleDefinitions/write'],
    also: 'The right is needed at every assignable scope of the role.',
  },
  useCustomSubnet: {
    activity: 'run serverless compute in a subnet of your own',
    scope: 'network',
    actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'],
  },
};

function inWorkspace(paths: string): readonly string[] {
  return paths.split(' ').map((path) => `${WORKSPACE}/${path}`);
}
