import type { PrincipalType, RoleAssignment, RoleDefinition } from '@aml-auth/permissions';

import type { DeletedWorkspace } from './deleted-workspace-rows.js';
import type { GenericResource } from './generic-rows.js';
import type { VirtualMachine } from './machine-rows.js';
import type { ArmOperation, OperationFailure } from './operation-rows.js';
import type {
  ClassicAdministrator,
  EligibleAssignment,
  ManagementGroup,
  StoredDenyAssignment,
} from './access-rows.js';
import type { AuthenticationContext, ConditionalAccessPolicy, NamedLocation } from './policy-rows.js';
import type { ProviderRegistration } from './registration-rows.js';
import type { Revocation } from './revocations.js';
import type {
  AuthorizationCode,
  Consent,
  DeviceCode,
  RefreshToken,
  RefreshTokenFamily,
  SignInFailures,
  SignInSession,
  SignInWalk,
} from './sign-in-rows.js';
import type { ResourceStamp, WorkspaceResource } from './workspace-resource-rows.js';

/** A directory. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** In lower case; the first one is the initial domain. */
  readonly domains: readonly string[];
  /** Most custom roles; default 5,000. */
  readonly customRoleLimit?: number;
}

/** A person in a directory. */
export interface User {
  readonly id: string;
  readonly tenantId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  /** SHA-256 of object id and password, in hexadecimal; null where nobody can sign in. */
  readonly passwordHash: string | null;
  /** Whether the user has a second factor. */
  readonly mfa: 'registered' | 'none';
  /** Default true. */
  readonly accountEnabled?: boolean;
  /** Whether the password has expired, or is an administrator's that the user must change. */
  readonly mustChangePassword?: boolean;
  /** Template ids of the directory roles that the user has. */
  readonly directoryRoles?: readonly string[];
  /** Further properties as Microsoft Graph was given them. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch, where Microsoft Graph made it. */
  readonly createdAt?: number;
}

/** A security group. */
export interface Group {
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  /** Object ids of the direct members: users, service principals and groups. */
  readonly memberIds: readonly string[];
  /** Object ids of those who may manage it. */
  readonly ownerIds?: readonly string[];
  readonly description?: string | null;
  /** Default: its name without blanks. */
  readonly mailNickname?: string;
  /** Milliseconds since the epoch, where Microsoft Graph made it. */
  readonly createdAt?: number;
}

/** A client secret as the directory keeps it: enough to check one, not enough to read it. */
export interface PasswordCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  /** The first three characters, as Microsoft Graph shows them. */
  readonly hint: string;
  /** SHA-256 of key id and secret, in hexadecimal. */
  readonly hash: string;
  /** Milliseconds since the epoch, where Microsoft Graph made it. */
  readonly startsAt?: number;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** An RSA public key as a JSON Web Key (RFC 7517). */
export interface RsaPublicKey {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
}

/** A certificate as the directory keeps it. */
export interface KeyCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  /** SHA-1 of the certificate, 40 hexadecimal digits in upper case. */
  readonly thumbprint: string;
  /** SHA-256 of the certificate, 64 hexadecimal digits in upper case. */
  readonly thumbprintSha256: string;
  readonly publicKey: RsaPublicKey;
  /** Milliseconds since the epoch, as is `endsAt`. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Whose tokens of another identity provider stand for the application. */
export interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly description?: string;
}

/** Another identity provider, with the keys that it would publish. */
export interface ExternalIssuer {
  readonly issuer: string;
  readonly keys: readonly (RsaPublicKey & { readonly kid: string | null })[];
}

/** An application registration. */
export interface Application {
  /** Object id of the registration; neither the client id nor the service principal's id. */
  readonly id: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly displayName: string;
  readonly passwordCredentials: readonly PasswordCredential[];
  readonly keyCredentials: readonly KeyCredential[];
  readonly federatedCredentials: readonly FederatedCredential[];
  /** Whether it signs users in without proving itself. */
  readonly isPublicClient: boolean;
  /** Where authorization codes may be sent. */
  readonly redirectUris: readonly string[];
  /** Lifetime of its access tokens in seconds, where it is not the default. */
  readonly tokenLifetime: number | null;
  /** Object ids of those who may manage it. */
  readonly ownerIds?: readonly string[];
  /** Further properties as Microsoft Graph was given them. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch, where Microsoft Graph made it. */
  readonly createdAt?: number;
}

/** What a role is assigned to when an application or a resource acts for itself. */
export interface ServicePrincipal {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly displayName: string;
  readonly servicePrincipalType: 'Application' | 'ManagedIdentity';
  /** The resource that a managed identity belongs to. */
  readonly resourceId: string | null;
  /** Object ids of those who may manage it. */
  readonly ownerIds?: readonly string[];
  /** Application permissions of Microsoft Graph that an administrator granted it. */
  readonly graphPermissions?: readonly string[];
  /** Whether it lets in only users who are assigned to it. Default false. */
  readonly assignmentRequired?: boolean;
  /** Users and groups that are assigned to it. */
  readonly appRoleAssignments?: readonly AppRoleAssignment[];
  /** Default true. */
  readonly accountEnabled?: boolean;
}

/** The assignment of a user or group to an application. */
export interface AppRoleAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly appRoleId: string;
  readonly createdAt: number;
}

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

/** Who made and last changed an entry of Azure RBAC, and when (milliseconds since the epoch). */
export interface Authorship {
  readonly tenantId: string;
  readonly createdOn: number;
  readonly updatedOn: number;
  readonly createdBy: string | null;
  readonly updatedBy: string | null;
}

/** A role definition that somebody made. */
export interface CustomRole extends RoleDefinition, Authorship {}

/** A role assignment as it is kept. */
export interface StoredAssignment extends RoleAssignment, Authorship {
  /** Its GUID. */
  readonly name: string;
  readonly principalType: PrincipalType;
  readonly description: string | null;
  /** Kept as it was given, where somebody else's tenant is managed. */
  readonly delegatedManagedIdentityResourceId?: string;
}

/** What a service wants of users before they do something. */
export interface StepUp {
  readonly id: string;
  readonly tenantId: string;
  readonly service: 'arm' | 'graph';
  /** An authentication context. */
  readonly context: string;
  /** Operations, with wildcards. */
  readonly operations: readonly string[];
}

/** Every table and its kind of row. Rows are replaced, never changed. */
export interface Tables {
  tenants: Tenant;
  users: User;
  groups: Group;
  applications: Application;
  issuers: ExternalIssuer;
  servicePrincipals: ServicePrincipal;
  subscriptions: Subscription;
  resourceGroups: ResourceGroup;
  workspaces: Workspace;
  computes: Compute;
  workspaceResources: WorkspaceResource;
  userAssignedIdentities: UserAssignedIdentity;
  hosts: IdentityHost;
  roleDefinitions: CustomRole;
  roleAssignments: StoredAssignment;
  eligibleAssignments: EligibleAssignment;
  denyAssignments: StoredDenyAssignment;
  managementGroups: ManagementGroup;
  conditionalAccessPolicies: ConditionalAccessPolicy;
  namedLocations: NamedLocation;
  authenticationContexts: AuthenticationContext;
  stepUps: StepUp;
  revocations: Revocation;
  deletedWorkspaces: DeletedWorkspace;
  genericResources: GenericResource;
  virtualMachines: VirtualMachine;
  operations: ArmOperation;
  providerRegistrations: ProviderRegistration;
  operationFailures: OperationFailure;
  authorizationCodes: AuthorizationCode;
  deviceCodes: DeviceCode;
  refreshTokenFamilies: RefreshTokenFamily;
  refreshTokens: RefreshToken;
  consents: Consent;
  signInFailures: SignInFailures;
  signInSessions: SignInSession;
  signInWalks: SignInWalk;
}

/** The names of the tables. */
export const TABLE_NAMES: readonly (keyof Tables)[] = [
  'tenants',
  'users',
  'groups',
  'applications',
  'issuers',
  'servicePrincipals',
  'subscriptions',
  'resourceGroups',
  'workspaces',
  'computes',
  'workspaceResources',
  'userAssignedIdentities',
  'hosts',
  'roleDefinitions',
  'roleAssignments',
  'eligibleAssignments',
  'denyAssignments',
  'managementGroups',
  'conditionalAccessPolicies',
  'namedLocations',
  'authenticationContexts',
  'stepUps',
  'revocations',
  'deletedWorkspaces',
  'genericResources',
  'virtualMachines',
  'operations',
  'providerRegistrations',
  'operationFailures',
  'authorizationCodes',
  'deviceCodes',
  'refreshTokenFamilies',
  'refreshTokens',
  'consents',
  'signInFailures',
  'signInSessions',
  'signInWalks',
];
