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
  /** The last segment of the id. */
  readonly name: string;
  /** Such as `Microsoft.MachineLearningServices/workspaces/jobs`. */
  readonly type?: Text;
  /** Region, of types that have one: `westeurope`. */
  readonly location?: Text;
  /** A variety of the type, of types that have some. */
  readonly kind?: Text;
  /** Free values of the user by name. */
  readonly tags?: Texts;
  /** The managed identities that it acts as. */
  readonly identity?: ResourceIdentity | undefined;
  /** What is its own, beside what all resources have. */
  readonly properties: Properties;
}

/**
 * Properties of a compute.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/compute/get
 */
export interface ComputeProperties {
  /** `AmlCompute`, `ComputeInstance`, `Kubernetes`, `VirtualMachine` … */
  readonly computeType?: Text;
  /** `Creating`, `Succeeded`, `Failed` … of the resource; whether a machine runs is in `properties.state`. */
  readonly provisioningState?: Text;
  /** Region of the machines, where it is another than that of the workspace. */
  readonly computeLocation?: Text;
  readonly description?: Text;
  /** ARM id of what is attached. */
  readonly resourceId?: Text;
  /** True for one that was made elsewhere and attached: deleting it here detaches it. */
  readonly isAttachedCompute?: boolean | undefined;
  /** True where only Microsoft Entra ID gives access, and no key of SSH or local user. */
  readonly disableLocalAuth?: boolean | undefined;
  readonly createdOn?: Text;
  readonly modifiedOn?: Text;
  /** As the type of compute wants it: `vmSize`, `scaleSettings` … */
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A node of a cluster, as `listNodes` gives it.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/compute/list-nodes
 */
export interface ComputeNode {
  readonly nodeId?: Text;
  /** `idle`, `running`, `preparing`, `unusable`, `leaving`, `preempted`. */
  readonly nodeState?: Text;
  readonly privateIpAddress?: Text;
  readonly publicIpAddress?: Text;
  /** Of SSH, at `publicIpAddress`. */
  readonly port?: number | undefined;
  /** The job that runs on it, if any. */
  readonly runId?: Text;
}

/**
 * What jobs, schedules and assets have in common.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/jobs/get
 */
export interface Described {
  readonly description?: Text;
  readonly tags?: Texts;
  /** Free values of the user, and of Azure Machine Learning. */
  readonly properties?: Texts;
  /** True where listings leave it out unless they are asked for archived ones. */
  readonly isArchived?: boolean | undefined;
}

/**
 * Properties of a job.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/jobs/get
 */
export interface JobProperties extends Described {
  /** `Command`, `Pipeline`, `Sweep`, `AutoML`, `Spark` … */
  readonly jobType?: Text;
  readonly displayName?: Text;
  readonly experimentName?: Text;
  /** `NotStarted`, `Queued`, `Running`, `Completed`, `Failed`, `Canceled` … */
  readonly status?: Text;
  /** ARM id of the compute that it runs on. */
  readonly computeId?: Text;
  /** ARM id of the component that it runs, where there is one. */
  readonly componentId?: Text;
}

/**
 * Properties of a schedule.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/schedules/get
 */
export interface ScheduleProperties extends Described {
  readonly displayName?: Text;
  readonly isEnabled?: boolean | undefined;
  readonly provisioningState?: Text;
}

/**
 * Properties of what holds the versions of an asset.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/model-containers/get
 */
export interface AssetContainerProperties extends Described {
  /** The newest version that is not archived. */
  readonly latestVersion?: Text;
  /** The version that the next one gets where it names none. */
  readonly nextVersion?: Text;
  readonly provisioningState?: Text;
}

/**
 * Properties that versions of all assets have.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/model-versions/get
 */
export interface AssetVersionProperties extends Described {
  /** True where it was made beside a job, under a name that nobody chose. */
  readonly isAnonymous?: boolean | undefined;
  readonly provisioningState?: Text;
}

/**
 * Properties of a version of a model.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/model-versions/get
 */
export interface ModelVersionProperties extends AssetVersionProperties {
  /** `custom_model`, `mlflow_model`, `triton_model`. */
  readonly modelType?: Text;
  /** Where its files are: `azureml://…`, or the URI of a job output. */
  readonly modelUri?: Text;
  /** The job that made it. */
  readonly jobName?: Text;
}

/**
 * Properties of a version of data.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/data-versions/get
 */
export interface DataVersionProperties extends AssetVersionProperties {
  /** `uri_file`, `uri_folder`, `mltable`. */
  readonly dataType?: Text;
  /** Where the data is: `azureml://…`, `https://…`, `wasbs://…`, `abfss://…`. */
  readonly dataUri?: Text;
}

/**
 * Properties of a version of an environment.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/environment-versions/get
 */
export interface EnvironmentVersionProperties extends AssetVersionProperties {
  /** `Curated` or `UserCreated`. */
  readonly environmentType?: Text;
  /** The container image, with registry and tag. */
  readonly image?: Text;
  /** The conda specification as YAML text, not a path. */
  readonly condaFile?: Text;
  readonly osType?: Text;
}

/**
 * Properties of a version of a component.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/component-versions/get
 */
export interface ComponentVersionProperties extends AssetVersionProperties {
  /** The component as `az ml component` describes it. */
  readonly componentSpec?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Properties of a version of code.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/code-versions/get
 */
export interface CodeVersionProperties extends AssetVersionProperties {
  /** URL of the folder of blobs, without a signature. */
  readonly codeUri?: Text;
}

/**
 * Properties of a datastore. Its secrets come from `listSecrets` only.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/datastores/get
 */
export interface DatastoreProperties extends Described {
  /** `AzureBlob`, `AzureFile`, `AzureDataLakeGen1`, `AzureDataLakeGen2`, `OneLake`. */
  readonly datastoreType?: Text;
  readonly isDefault?: boolean | undefined;
  readonly accountName?: Text;
  readonly containerName?: Text;
  /** Suffix of the storage, such as `core.windows.net`. */
  readonly endpoint?: Text;
  readonly protocol?: Text;
  /** Whose identity reads for the service: `None`, `WorkspaceSystemAssignedIdentity` … */
  readonly serviceDataAccessAuthIdentity?: Text;
  readonly credentials?: { readonly credentialsType?: Text } | undefined;
}

/**
 * Properties that endpoints of both kinds have.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/online-endpoints/get
 */
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

/**
 * Properties of an online endpoint.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/online-endpoints/get
 */
export interface OnlineEndpointProperties extends EndpointProperties {
  /** ARM id of a Kubernetes compute; none where Azure manages the endpoint. */
  readonly compute?: Text;
  readonly publicNetworkAccess?: Text;
  /** Percent by name of the deployment. */
  readonly traffic?: Readonly<Record<string, number>> | undefined;
}

/**
 * Properties of a batch endpoint.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/batch-endpoints/get
 */
export interface BatchEndpointProperties extends EndpointProperties {
  /** The deployment that is called where a request names none. */
  readonly defaults?: { readonly deploymentName?: Text } | undefined;
}

/**
 * Properties that deployments of both kinds have.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/online-deployments/get
 */
export interface DeploymentProperties {
  readonly description?: Text;
  /** ARM id of the version of the environment. */
  readonly environmentId?: Text;
  readonly environmentVariables?: Texts;
  readonly properties?: Texts;
  readonly provisioningState?: Text;
}

/**
 * Properties of a deployment behind an online endpoint.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/online-deployments/get
 */
export interface OnlineDeploymentProperties extends DeploymentProperties {
  /** `Managed`, `Kubernetes`. */
  readonly endpointComputeType?: Text;
  /** Size of the virtual machines, such as `Standard_DS3_v2`. */
  readonly instanceType?: Text;
  /** ARM id of the version of the model, or its path. */
  readonly model?: Text;
  readonly appInsightsEnabled?: boolean | undefined;
}

/**
 * Properties of a deployment behind a batch endpoint.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/batch-deployments/get
 */
export interface BatchDeploymentProperties extends DeploymentProperties {
  /** ARM id of the cluster that it runs on. */
  readonly compute?: Text;
  /** How many inputs may fail before the job does; -1: any number. */
  readonly errorThreshold?: number | undefined;
  /** Processes at the same time on each node. */
  readonly maxConcurrencyPerInstance?: number | undefined;
  /** Files, or rows of a table, in one call of the scoring script. */
  readonly miniBatchSize?: number | undefined;
  /** `SummaryOnly` or `AppendRow`. */
  readonly outputAction?: Text;
}

/**
 * Properties of a connection. Its secrets come from `listSecrets` only.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/workspace-connections/get
 */
export interface ConnectionProperties {
  /** `ApiKey`, `ManagedIdentity`, `PAT`, `SAS`, `ServicePrincipal`, `UsernamePassword`, `None` … */
  readonly authType?: Text;
  /** What is connected to: `AzureOpenAI`, `Git`, `ContainerRegistry` … */
  readonly category?: Text;
  /** Its address. */
  readonly target?: Text;
  readonly metadata?: Texts;
  /** True where everybody in the workspace may use it. */
  readonly isSharedToAll?: boolean | undefined;
}

/**
 * Properties of a registry.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/registries/get
 */
export interface RegistryProperties {
  /** Where the endpoints of the registry's regions are listed. */
  readonly discoveryUrl?: Text;
  readonly mlFlowRegistryUri?: Text;
  readonly intellectualPropertyPublisher?: Text;
  readonly publicNetworkAccess?: Text;
  readonly provisioningState?: Text;
}

/**
 * A quota, or the use of one.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/usages/list
 */
export interface Usage {
  readonly id?: Text;
  readonly type?: Text;
  readonly name?: { readonly value?: Text; readonly localizedValue?: Text } | undefined;
  readonly unit?: Text;
  /** The most that is allowed, in `unit`; -1 where there is no limit. */
  readonly limit?: number | undefined;
  /** Of usages only. */
  readonly currentValue?: number | undefined;
}

/**
 * A size of virtual machines. Memory in GB, disks in MB.
 *
 * @see https://learn.microsoft.com/rest/api/azureml/virtual-machine-sizes/list
 */
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
  /** Of `workspaces`. */
  readonly workspace: Workspace;
  /** Of `registries`. */
  readonly registry: Resource<RegistryProperties>;
  /** Of `computes`. */
  readonly compute: Resource<ComputeProperties>;
  /** Of the action `listNodes` of a compute. */
  readonly computeNode: ComputeNode;
  /** Of `jobs`. */
  readonly job: Resource<JobProperties>;
  /** Of `schedules`. */
  readonly schedule: Resource<ScheduleProperties>;
  /** Of `models`, `data`, `environments`, `components` and `codes`: what holds the versions. */
  readonly assetContainer: Resource<AssetContainerProperties>;
  /** Of `models.versions(name)`. */
  readonly modelVersion: Resource<ModelVersionProperties>;
  /** Of `data.versions(name)`. */
  readonly dataVersion: Resource<DataVersionProperties>;
  /** Of `environments.versions(name)`. */
  readonly environmentVersion: Resource<EnvironmentVersionProperties>;
  /** Of `components.versions(name)`. */
  readonly componentVersion: Resource<ComponentVersionProperties>;
  /** Of `codes.versions(name)`. */
  readonly codeVersion: Resource<CodeVersionProperties>;
  /** Of `datastores`. */
  readonly datastore: Resource<DatastoreProperties>;
  /** Of `onlineEndpoints`. */
  readonly onlineEndpoint: Resource<OnlineEndpointProperties>;
  /** Of `onlineEndpoints.deployments(name)`. */
  readonly onlineDeployment: Resource<OnlineDeploymentProperties>;
  /** Of `batchEndpoints`. */
  readonly batchEndpoint: Resource<BatchEndpointProperties>;
  /** Of `batchEndpoints.deployments(name)`. */
  readonly batchDeployment: Resource<BatchDeploymentProperties>;
  /** Of `connections`. */
  readonly connection: Resource<ConnectionProperties>;
  /** Of `quotas` and `usages` of a region. */
  readonly usage: Usage;
  /** Of `vmSizes` of a region. */
  readonly vmSize: VmSize;
  /** What has no schema of its own. */
  readonly any: Readonly<Record<string, unknown>>;
}
