import type { Application, ExternalIssuer, Group, ServicePrincipal, Tenant, User } from './directory-rows.js';
import type {
  Compute,
  IdentityHost,
  ResourceGroup,
  Subscription,
  UserAssignedIdentity,
  Workspace,
} from './resource-rows.js';
import type { DeletedWorkspace } from './deleted-workspace-rows.js';
import type { GenericResource } from './generic-rows.js';
import type { VirtualMachine } from './machine-rows.js';
import type { ArmOperation, OperationFailure } from './operation-rows.js';
import type {
  CustomRole,
  EligibleAssignment,
  ManagementGroup,
  StoredAssignment,
  StoredDenyAssignment,
} from './access-rows.js';
import type { AuthenticationContext, ConditionalAccessPolicy, NamedLocation, StepUp } from './policy-rows.js';
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
import type { WorkspaceResource } from './workspace-resource-rows.js';

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
