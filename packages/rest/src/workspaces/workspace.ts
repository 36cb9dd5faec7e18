/** The identity of a resource, as ARM describes it. */
export interface ResourceIdentity {
  /** `SystemAssigned`, `UserAssigned`, `SystemAssigned,UserAssigned`, `None`, in this spelling; open for others. */
  readonly type: string;
  /** Object id of the system-assigned identity. */
  readonly principalId?: string | undefined;
  /** The tenant of the system-assigned identity. */
  readonly tenantId?: string | undefined;
  /** By ARM id. */
  readonly userAssignedIdentities?:
    Readonly<Record<string, UserAssignedIdentity | null | undefined>> | undefined;
}

/** A user-assigned identity of a resource. */
export interface UserAssignedIdentity {
  /** Object id of its service principal: what role assignments name. */
  readonly principalId?: string | undefined;
  /** Its application (client) id: what code asks a token by. */
  readonly clientId?: string | undefined;
}

/** What Azure Machine Learning knows about a workspace. Ids are ARM ids, times ISO 8601. */
export interface WorkspaceProperties {
  /** A GUID that never changes, other than the name. */
  readonly workspaceId?: string | undefined;
  /** The name that people see in the studio. */
  readonly friendlyName?: string | undefined;
  /** For people. */
  readonly description?: string | undefined;
  /** Where the endpoints of the workspace's region are listed. */
  readonly discoveryUrl?: string | undefined;
  /** What MLflow takes as its tracking URI: `azureml://…`. */
  readonly mlFlowTrackingUri?: string | undefined;
  /** `Succeeded`, `Creating`, `Failed` …; open for others. */
  readonly provisioningState?: string | undefined;
  /** `Enabled` or `Disabled`; open for others. */
  readonly publicNetworkAccess?: string | undefined;
  /** The storage account of the default datastores. */
  readonly storageAccount?: string | undefined;
  /** The key vault that holds the secrets of datastores and connections. */
  readonly keyVault?: string | undefined;
  /** The Application Insights component that endpoints and jobs write to. */
  readonly applicationInsights?: string | undefined;
  /** The registry for images of environments; none until the first is built. */
  readonly containerRegistry?: string | undefined;
  /** The user-assigned identity that the workspace acts as, where it has no system-assigned one. */
  readonly primaryUserAssignedIdentity?: string | undefined;
  /** `accessKey`, `identity` …: how the default datastores sign in; open for others. */
  readonly systemDatastoresAuthMode?: string | undefined;
  /** Of a project: its hub. */
  readonly hubResourceId?: string | undefined;
  /** True where the data has high business impact: Microsoft collects less diagnostic data. */
  readonly hbiWorkspace?: boolean | undefined;
  /** True where the containers of projects in one storage account are kept apart. */
  readonly enableDataIsolation?: boolean | undefined;
  /** True where calls of version 2 of the API, which pass Azure Resource Manager, are refused. */
  readonly v1LegacyMode?: boolean | undefined;
  /** The tenant of the workspace's subscription. */
  readonly tenantId?: string | undefined;
}

/**
 * An Azure Machine Learning workspace in the shape of ARM. Fields that are not listed here are kept
 * at run time, so that what was read can be written back.
 */
export interface Workspace {
  /** The ARM id. */
  readonly id: string;
  /** Name of the workspace; unique in its resource group. */
  readonly name: string;
  /** `Microsoft.MachineLearningServices/workspaces`. */
  readonly type?: string | undefined;
  /** Region, such as `westeurope`. */
  readonly location?: string | undefined;
  /** `Default`, `Hub`, `Project`, `FeatureStore`; open for others. */
  readonly kind?: string | undefined;
  /** Free values of the user by name. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Left over from editions of the past: `Basic`. */
  readonly sku?: { readonly name?: string | undefined; readonly tier?: string | undefined } | undefined;
  /** The managed identities that the workspace acts as. */
  readonly identity?: ResourceIdentity | undefined;
  /** What Azure Machine Learning knows about it. */
  readonly properties: WorkspaceProperties;
}
