import type { PrincipalType, RoleAssignment, RoleDefinition } from '@aml-auth/permissions';

/** A directory. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** In lower case; the first one is the initial domain. */
  readonly domains: readonly string[];
}

/** A person in a directory. */
export interface User {
  readonly id: string;
  readonly tenantId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

/** A security group. */
export interface Group {
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  /** Object ids of the direct members: users, service principals and groups. */
  readonly memberIds: readonly string[];
}

/** A client secret as the directory keeps it: enough to check one, not enough to read it. */
export interface PasswordCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  /** The first three characters, as Microsoft Graph shows them. */
  readonly hint: string;
  /** SHA-256 of key id and secret, in hexadecimal. */
  readonly hash: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** An application registration. */
export interface Application {
  /** Object id of the registration; neither the client id nor the service principal's id. */
  readonly id: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly displayName: string;
  readonly passwordCredentials: readonly PasswordCredential[];
  /** Lifetime of its access tokens in seconds, where it is not the default. */
  readonly tokenLifetime: number | null;
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
}

/** A subscription. */
export interface Subscription {
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
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
}

/** Every table and its kind of row. Rows are replaced, never changed. */
export interface Tables {
  tenants: Tenant;
  users: User;
  groups: Group;
  applications: Application;
  servicePrincipals: ServicePrincipal;
  subscriptions: Subscription;
  resourceGroups: ResourceGroup;
  workspaces: Workspace;
  roleDefinitions: CustomRole;
  roleAssignments: StoredAssignment;
}

/** The names of the tables. */
export const TABLE_NAMES: readonly (keyof Tables)[] = [
  'tenants',
  'users',
  'groups',
  'applications',
  'servicePrincipals',
  'subscriptions',
  'resourceGroups',
  'workspaces',
  'roleDefinitions',
  'roleAssignments',
];
