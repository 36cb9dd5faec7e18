/** The identity of a resource, as ARM describes it. */
export interface ResourceIdentity {
  /** `SystemAssigned`, `UserAssigned`, `SystemAssigned,UserAssigned`, `None`, in this spelling; open for others. */
  readonly type: string;
  /** Object id of the system-assigned identity. */
  readonly principalId?: string | undefined;
  readonly tenantId?: string | undefined;
  /** By ARM id. */
  readonly userAssignedIdentities?:
    Readonly<Record<string, UserAssignedIdentity | null | undefined>> | undefined;
}

/** A user-assigned identity of a resource. */
export interface UserAssignedIdentity {
  readonly principalId?: string | undefined;
  readonly clientId?: string | undefined;
}

/** What Azure Machine Learning knows about a workspace. Ids are ARM ids, times ISO 8601. */
export interface WorkspaceProperties {
  readonly workspaceId?: string | undefined;
  readonly friendlyName?: string | undefined;
  readonly description?: string | undefined;
  /** Where the endpoints of the workspace's region are listed. */
  readonly discoveryUrl?: string | undefined;
  readonly mlFlowTrackingUri?: string | undefined;
  /** `Succeeded`, `Creating`, `Failed` …; open for others. */
  readonly provisioningState?: string | undefined;
  /** `Enabled` or `Disabled`; open for others. */
  readonly publicNetworkAccess?: string | undefined;
  readonly storageAccount?: string | undefined;
  readonly keyVault?: string | undefined;
  readonly applicationInsights?: string | undefined;
  readonly containerRegistry?: string | undefined;
  readonly primaryUserAssignedIdentity?: string | undefined;
  /** `accessKey`, `identity` …: how the default datastores sign in; open for others. */
  readonly systemDatastoresAuthMode?: string | undefined;
  readonly hubResourceId?: string | undefined;
  readonly hbiWorkspace?: boolean | undefined;
  readonly enableDataIsolation?: boolean | undefined;
  readonly v1LegacyMode?: boolean | undefined;
  readonly tenantId?: string | undefined;
}

/**
 * An Azure Machine Learning workspace in the shape of ARM. Fields that are not listed here are kept
 * at run time, so that what was read can be written back.
 */
export interface Workspace {
  /** The ARM id. */
  readonly id: string;
  readonly name: string;
  readonly type?: string | undefined;
  readonly location?: string | undefined;
  /** `Default`, `Hub`, `Project`, `FeatureStore`; open for others. */
  readonly kind?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly sku?: { readonly name?: string | undefined; readonly tier?: string | undefined } | undefined;
  readonly identity?: ResourceIdentity | undefined;
  readonly properties: WorkspaceProperties;
}
