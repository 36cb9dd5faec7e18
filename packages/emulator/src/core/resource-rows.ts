import type { ClassicAdministrator } from './access-rows.js';
import type { ResourceStamp } from './workspace-resource-rows.js';

/** A subscription. */
export interface Subscription {
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  /** Name of the management group that it lies in; default: the root. */
  readonly managementGroup?: string;
  readonly classicAdministrators?: readonly ClassicAdministrator[];
  /** Most role assignments; default 4,000. */
  readonly roleAssignmentLimit?: number;
}

/** Tags of a resource. */
export type Tags = Readonly<Record<string, string>>;

/** A resource group. */
export interface ResourceGroup {
  readonly id: string;
  readonly subscriptionId: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Tags;
}

/** The managed identities of a resource. */
export interface ResourceIdentity {
  readonly type: string;
  /** Of the system-assigned identity. */
  readonly principalId: string | null;
  /** By resource id. */
  readonly userAssigned: readonly string[];
}

/** A user-assigned managed identity. */
export interface UserAssignedIdentity {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Tags;
  /** Object id of its service principal. */
  readonly principalId: string;
  readonly clientId: string;
}

/** An Azure Machine Learning workspace. */
export interface Workspace {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly kind: string;
  readonly tags: Tags;
  readonly identity: ResourceIdentity;
  /** What the creator set, and what the service made of it. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly createdByType: 'User' | 'Application';
}

/** What computes there are: the first two are made by workspaces, the others attached to them. */
export type ComputeKind =
  'AmlCompute' | 'ComputeInstance' | 'VirtualMachine' | 'HDInsight' | 'Databricks' | 'AKS' | 'Kubernetes';

/** A compute target of a workspace. */
export interface Compute extends ResourceStamp {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly location: string;
  readonly kind: ComputeKind;
  readonly identity: ResourceIdentity;
  /** Object id of the person whom an instance is assigned to. */
  readonly assignedUserId: string | null;
  /** Whether programs on an instance get the assigned user's token when they name no identity. */
  readonly sso: boolean;
  readonly tags: Tags;
  readonly description: string | null;
  readonly disableLocalAuth: boolean;
  /** What its kind has beside: the size of its machines, how it scales and the like. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What an attached compute is elsewhere; null for what the workspace made. */
  readonly resourceId: string | null;
  /** Secrets of an attached compute by name, sealed by the vault of the run. */
  readonly sealed: Readonly<Record<string, string>>;
  /** Whether an instance is on, once the operation on it has ended. */
  readonly power: 'Running' | 'Stopped';
}

/** A machine or service with a managed-identity endpoint. */
export interface IdentityHost {
  readonly name: string;
  readonly kind: HostKind;
  readonly tenantId: string;
  /** The resource that it stands for; null in Cloud Shell, which has none. */
  readonly resourceId: string | null;
  readonly location: string;
  /** Object ids of the identities that it has. Those of a compute stand with the compute. */
  readonly principalIds: readonly string[];
  /** Whose token Cloud Shell and a job on behalf of its submitter give; an object id. */
  readonly userId: string | null;
  /** Where Azure Arc puts its key files. */
  readonly keyFolder: 'auto' | 'agent';
}

/** The kinds of machines and services with a managed-identity endpoint. */
export type HostKind =
  'vm' | 'app-service' | 'aml-compute' | 'aml-online-endpoint' | 'cloud-shell' | 'arc' | 'service-fabric';
