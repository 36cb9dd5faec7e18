import type { ResourceIdentity, Workspace } from '../workspaces/workspace.js';

type Text = string | undefined;
type Texts = Readonly<Record<string, string>> | undefined;

/**
 * A resource in the shape of ARM. Fields that are not listed here are kept at run time, so that what was
 * read can be written back. Texts with a fixed set of values are open for others; times are ISO 8601.
 */
export interface Resource<Properties> {
  /** The ARM id. */
  readonly id: string;
  readonly name: string;
  readonly type?: Text;
  readonly location?: Text;
  readonly kind?: Text;
  readonly tags?: Texts;
  readonly identity?: ResourceIdentity | undefined;
  readonly properties: Properties;
}

/** Properties of a compute. */
export interface ComputeProperties {
  /** `AmlCompute`, `ComputeInstance`, `Kubernetes`, `VirtualMachine` … */
  readonly computeType?: Text;
  readonly provisioningState?: Text;
  readonly computeLocation?: Text;
  readonly description?: Text;
  /** ARM id of what is attached. */
  readonly resourceId?: Text;
  readonly isAttachedCompute?: boolean | undefined;
  readonly disableLocalAuth?: boolean | undefined;
  readonly createdOn?: Text;
  readonly modifiedOn?: Text;
  /** As the type of compute wants it: `vmSize`, `scaleSettings` … */
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/** A node of a cluster, as `listNodes` gives it. */
export interface ComputeNode {
  readonly nodeId?: Text;
  readonly nodeState?: Text;
  readonly privateIpAddress?: Text;
  readonly publicIpAddress?: Text;
  readonly port?: number | undefined;
  readonly runId?: Text;
}

/** What jobs, schedules and assets have in common. */
export interface Described {
  readonly description?: Text;
  readonly tags?: Texts;
  /** Free values of the user, and of Azure Machine Learning. */
  readonly properties?: Texts;
  readonly isArchived?: boolean | undefined;
}

/** Properties of a job. */
export interface JobProperties extends Described {
  /** `Command`, `Pipeline`, `Sweep`, `AutoML`, `Spark` … */
  readonly jobType?: Text;
  readonly displayName?: Text;
  readonly experimentName?: Text;
  /** `NotStarted`, `Queued`, `Running`, `Completed`, `Failed`, `Canceled` … */
  readonly status?: Text;
  readonly computeId?: Text;
  readonly componentId?: Text;
}

/** Properties of a schedule. */
export interface ScheduleProperties extends Described {
  readonly displayName?: Text;
  readonly isEnabled?: boolean | undefined;
  readonly provisioningState?: Text;
}

/** Properties of what holds the versions of an asset. */
export interface AssetContainerProperties extends Described {
  readonly latestVersion?: Text;
  readonly nextVersion?: Text;
  readonly provisioningState?: Text;
}

/** Properties that versions of all assets have. */
export interface AssetVersionProperties extends Described {
  readonly isAnonymous?: boolean | undefined;
  readonly provisioningState?: Text;
}

/** Properties of a version of a model. */
export interface ModelVersionProperties extends AssetVersionProperties {
  /** `custom_model`, `mlflow_model`, `triton_model`. */
  readonly modelType?: Text;
  readonly modelUri?: Text;
  readonly jobName?: Text;
}

/** Properties of a version of data. */
export interface DataVersionProperties extends AssetVersionProperties {
  /** `uri_file`, `uri_folder`, `mltable`. */
  readonly dataType?: Text;
  readonly dataUri?: Text;
}

/** Properties of a version of an environment. */
export interface EnvironmentVersionProperties extends AssetVersionProperties {
  readonly environmentType?: Text;
  readonly image?: Text;
  readonly condaFile?: Text;
  readonly osType?: Text;
}

/** Properties of a version of a component. */
export interface ComponentVersionProperties extends AssetVersionProperties {
  readonly componentSpec?: Readonly<Record<string, unknown>> | undefined;
}

/** Properties of a version of code. */
export interface CodeVersionProperties extends AssetVersionProperties {
  readonly codeUri?: Text;
}

/** Properties of a datastore. Its secrets come from `listSecrets` only. */
export interface DatastoreProperties extends Described {
  /** `AzureBlob`, `AzureFile`, `AzureDataLakeGen1`, `AzureDataLakeGen2`, `OneLake`. */
  readonly datastoreType?: Text;
  readonly isDefault?: boolean | undefined;
  readonly accountName?: Text;
  readonly containerName?: Text;
  readonly endpoint?: Text;
  readonly protocol?: Text;
  readonly serviceDataAccessAuthIdentity?: Text;
  readonly credentials?: { readonly credentialsType?: Text } | undefined;
}

/** Properties that endpoints of both kinds have. */
export interface EndpointProperties {
  /** `Key`, `AMLToken`, `AADToken`. */
  readonly authMode?: Text;
  readonly description?: Text;
  readonly properties?: Texts;
  /** Where it is called; read it, do not build it. */
  readonly scoringUri?: Text;
  readonly swaggerUri?: Text;
  readonly provisioningState?: Text;
}

/** Properties of an online endpoint. */
export interface OnlineEndpointProperties extends EndpointProperties {
  /** ARM id of a Kubernetes compute; none where Azure manages the endpoint. */
  readonly compute?: Text;
  readonly publicNetworkAccess?: Text;
  /** Percent by name of the deployment. */
  readonly traffic?: Readonly<Record<string, number>> | undefined;
}

/** Properties of a batch endpoint. */
export interface BatchEndpointProperties extends EndpointProperties {
  readonly defaults?: { readonly deploymentName?: Text } | undefined;
}

/** Properties that deployments of both kinds have. */
export interface DeploymentProperties {
  readonly description?: Text;
  readonly environmentId?: Text;
  readonly environmentVariables?: Texts;
  readonly properties?: Texts;
  readonly provisioningState?: Text;
}

/** Properties of a deployment behind an online endpoint. */
export interface OnlineDeploymentProperties extends DeploymentProperties {
  /** `Managed`, `Kubernetes`. */
  readonly endpointComputeType?: Text;
  readonly instanceType?: Text;
  readonly model?: Text;
  readonly appInsightsEnabled?: boolean | undefined;
}

/** Properties of a deployment behind a batch endpoint. */
export interface BatchDeploymentProperties extends DeploymentProperties {
  readonly compute?: Text;
  readonly errorThreshold?: number | undefined;
  readonly maxConcurrencyPerInstance?: number | undefined;
  readonly miniBatchSize?: number | undefined;
  readonly outputAction?: Text;
}

/** Properties of a connection. Its secrets come from `listSecrets` only. */
export interface ConnectionProperties {
  /** `ApiKey`, `ManagedIdentity`, `PAT`, `SAS`, `ServicePrincipal`, `UsernamePassword`, `None` … */
  readonly authType?: Text;
  readonly category?: Text;
  readonly target?: Text;
  readonly metadata?: Texts;
  readonly isSharedToAll?: boolean | undefined;
}

/** Properties of a registry. */
export interface RegistryProperties {
  readonly discoveryUrl?: Text;
  readonly mlFlowRegistryUri?: Text;
  readonly intellectualPropertyPublisher?: Text;
  readonly publicNetworkAccess?: Text;
  readonly provisioningState?: Text;
}

/** A quota, or the use of one. */
export interface Usage {
  readonly id?: Text;
  readonly type?: Text;
  readonly name?: { readonly value?: Text; readonly localizedValue?: Text } | undefined;
  readonly unit?: Text;
  readonly limit?: number | undefined;
  /** Of usages only. */
  readonly currentValue?: number | undefined;
}

/** A size of virtual machines. Memory in GB, disks in MB. */
export interface VmSize {
  readonly name?: Text;
  readonly family?: Text;
  readonly vCPUs?: number | undefined;
  readonly gpus?: number | undefined;
  readonly memoryGB?: number | undefined;
  readonly osVhdSizeMB?: number | undefined;
  readonly maxResourceVolumeMB?: number | undefined;
  readonly lowPriorityCapable?: boolean | undefined;
  readonly premiumIO?: boolean | undefined;
}

/** What the resource types of the table are read as, by the name of their schema. */
export interface ResourceShapes {
  readonly workspace: Workspace;
  readonly registry: Resource<RegistryProperties>;
  readonly compute: Resource<ComputeProperties>;
  readonly computeNode: ComputeNode;
  readonly job: Resource<JobProperties>;
  readonly schedule: Resource<ScheduleProperties>;
  readonly assetContainer: Resource<AssetContainerProperties>;
  readonly modelVersion: Resource<ModelVersionProperties>;
  readonly dataVersion: Resource<DataVersionProperties>;
  readonly environmentVersion: Resource<EnvironmentVersionProperties>;
  readonly componentVersion: Resource<ComponentVersionProperties>;
  readonly codeVersion: Resource<CodeVersionProperties>;
  readonly datastore: Resource<DatastoreProperties>;
  readonly onlineEndpoint: Resource<OnlineEndpointProperties>;
  readonly onlineDeployment: Resource<OnlineDeploymentProperties>;
  readonly batchEndpoint: Resource<BatchEndpointProperties>;
  readonly batchDeployment: Resource<BatchDeploymentProperties>;
  readonly connection: Resource<ConnectionProperties>;
  readonly usage: Usage;
  readonly vmSize: VmSize;
  /** What has no schema of its own. */
  readonly any: Readonly<Record<string, unknown>>;
}
