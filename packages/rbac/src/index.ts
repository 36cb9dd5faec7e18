export {
  readAccessSnapshot,
  type ReadAccessSnapshot,
  type ReadAccessSnapshotOptions,
  type UnreadablePart,
} from './access/read-access-snapshot.js';
export type { Arm } from './arm/authorization-path.js';
export { azureMlApplications, type TargetApplication } from './conditional-access/azure-ml-applications.js';
export {
  createConditionalAccessPolicy,
  deleteConditionalAccessPolicy,
  type CreateConditionalAccessPolicyOptions,
  type CreatedConditionalAccessPolicy,
  type DeleteConditionalAccessPolicyOptions,
  type PolicyControl,
} from './conditional-access/create-policy.js';
export { demandsOf, describePolicy } from './conditional-access/describe-policy.js';
export {
  getConditionalAccessPolicy,
  listConditionalAccess,
  type GetConditionalAccessPolicyOptions,
  type ListConditionalAccessOptions,
  type ReachingPolicy,
} from './conditional-access/policies.js';
export { policyReach, type PolicyReach } from './conditional-access/policy-reach.js';
export {
  parseConditionalAccessPolicy,
  type ConditionalAccessPolicy,
  type PolicySelection,
} from './conditional-access/policy.js';
export {
  whyBlocked,
  type BlockedSignIn,
  type BlockingPolicy,
  type WhyBlocked,
  type WhyBlockedOptions,
} from './conditional-access/why-blocked.js';
export { getDenyAssignment, type GetDenyAssignmentOptions } from './deny-assignments/get-deny-assignment.js';
export {
  listDenyAssignments,
  type ListDenyAssignmentsOptions,
} from './deny-assignments/list-deny-assignments.js';
export { parseDenyAssignment, type StoredDenyAssignment } from './deny-assignments/parse-deny-assignment.js';
export {
  findPrincipals,
  type FindPrincipalsOptions,
  type NamedPrincipalType,
} from './graph/find-principals.js';
export { getPrincipals } from './graph/get-principals.js';
export {
  createGraphClient,
  type Graph,
  type GraphClient,
  type GraphClientOptions,
  type GraphListRequest,
  type GraphQuery,
  type GraphRequest,
} from './graph/graph-client.js';
export { graphPath } from './graph/graph-path.js';
export {
  callerPrincipal,
  principalOfToken,
  type CallerPrincipalOptions,
} from './graph/principal-of-token.js';
export { describePrincipal, type Principal } from './graph/principal.js';
export {
  resolvePrincipal,
  type PrincipalReference,
  type ResolvePrincipalOptions,
} from './graph/resolve-principal.js';
export {
  parseAccessCollection,
  type AccessCollection,
  type ProviderOperation,
  type UncollectedPart,
} from './plan/access-collection.js';
export type { AccessFile, WantedAssignment, WantedRole } from './plan/access-file.js';
export {
  hasDrift,
  type AccessPlan,
  type PlannedAssignment,
  type PlannedRole,
  type PlanProblem,
  type PlanProblemCode,
  type PlanStep,
} from './plan/access-plan.js';
export type { AccessState } from './plan/access-state.js';
export { applyAccessPlan, type ApplyPlanOptions } from './plan/apply-plan.js';
export { collectAccess, type CollectAccessOptions } from './plan/collect-access.js';
export { describeStep } from './plan/describe-step.js';
export type { PlanLimits } from './plan/guard-plan.js';
export { parseAccessFile, type ParseAccessFileOptions } from './plan/parse-access-file.js';
export { planAccess, type PlanAccessOptions } from './plan/plan-access.js';
export { redactAccess, type RedactAccessOptions } from './plan/redact-access.js';
export { syncCatalogue, type Catalogue, type SyncCatalogueOptions } from './plan/sync-catalogue.js';
export type { RolePart } from './role-definitions/same-role.js';
export type { AssignmentTarget } from './role-assignments/assignment-target.js';
export type { ReplicationOptions, ReplicationWait } from './role-assignments/await-replication.js';
export {
  createRoleAssignment,
  type CreatedRoleAssignment,
  type CreateRoleAssignmentOptions,
} from './role-assignments/create-role-assignment.js';
export {
  deleteRoleAssignment,
  type DeleteRoleAssignmentOptions,
} from './role-assignments/delete-role-assignment.js';
export {
  findRoleAssignment,
  type FindRoleAssignmentOptions,
} from './role-assignments/find-role-assignment.js';
export { getRoleAssignment, type GetRoleAssignmentOptions } from './role-assignments/get-role-assignment.js';
export {
  listRoleAssignments,
  type ListRoleAssignmentsOptions,
} from './role-assignments/list-role-assignments.js';
export { parseRoleAssignment, type StoredRoleAssignment } from './role-assignments/parse-role-assignment.js';
export type { Placement } from './role-assignments/placement.js';
export { roleAssignmentName } from './role-assignments/role-assignment-name.js';
export {
  updateRoleAssignment,
  type UpdatedRoleAssignment,
  type UpdateRoleAssignmentOptions,
} from './role-assignments/update-role-assignment.js';
export {
  createRoleDefinition,
  type CreatedRoleDefinition,
  type CreateRoleDefinitionOptions,
} from './role-definitions/create-role-definition.js';
export {
  deleteRoleDefinition,
  type DeleteRoleDefinitionOptions,
} from './role-definitions/delete-role-definition.js';
export { getRoleDefinition, type GetRoleDefinitionOptions } from './role-definitions/get-role-definition.js';
export {
  listRoleDefinitions,
  type ListRoleDefinitionsOptions,
} from './role-definitions/list-role-definitions.js';
export { parseRoleDefinition } from './role-definitions/parse-role-definition.js';
export { parseRoleDefinitionDraft } from './role-definitions/parse-role-definition-draft.js';
export type { RoleDefinitionDraft } from './role-definitions/role-definition-draft.js';
export {
  updateRoleDefinition,
  type UpdatedRoleDefinition,
  type UpdateRoleDefinitionOptions,
} from './role-definitions/update-role-definition.js';
export {
  parseAccessReceipt,
  type AccessGrant,
  type AccessReceipt,
  type GrantOutcome,
} from './sharing/access-receipt.js';
export type { GrantOptions } from './sharing/apply-grants.js';
export type { Dependent, DependentAccess, DependentsAccess } from './sharing/dependent-roles.js';
export type { GrantWish } from './sharing/grant-wish.js';
export { revokeAccess, type RevokeAccessOptions, type RevokedAccess } from './sharing/revoke-access.js';
export type { WorkspaceShare } from './sharing/share-wishes.js';
export { shareWorkspace, type ShareWorkspaceOptions } from './sharing/share-workspace.js';
export { unshareWorkspace, type UnshareWorkspaceOptions } from './sharing/unshare-workspace.js';
export { waitForAccess, type AccessWait, type WaitForAccessOptions } from './sharing/wait-for-access.js';
export {
  grantIdentity,
  type GrantedIdentity,
  type GrantIdentityOptions,
} from './identities/grant-identity.js';
export {
  requireIdentity,
  type IdentityArm,
  type IdentityQuery,
  type ManagedIdentity,
} from './identities/managed-identity.js';
export type {
  Application,
  ApplicationReference,
  WantedApplication,
} from './service-principals/application.js';
export type { RbacWarning } from './service-principals/broad-role.js';
export {
  createForRbac,
  type CreatedForRbac,
  type CreateForRbacOptions,
  type ForRbacProgress,
} from './service-principals/create-for-rbac.js';
export type {
  CertificateRequest,
  CredentialRequest,
  FederatedCredentialRequest,
  SecretRequest,
} from './service-principals/credential-request.js';
export type {
  AddedCredential,
  ApplicationCredential,
  FederatedCredential,
  KeyCredential,
} from './service-principals/credential.js';
export {
  addCredential,
  listCredentials,
  removeCredential,
  type AddCredentialOptions,
  type CredentialOptions,
  type RemoveCredentialOptions,
} from './service-principals/credentials.js';
export {
  deleteServicePrincipal,
  type DeletedServicePrincipal,
  type DeleteServicePrincipalOptions,
} from './service-principals/delete-service-principal.js';
export {
  githubFederation,
  kubernetesFederation,
  type GitHubFederation,
  type KubernetesFederation,
} from './service-principals/federation.js';
export {
  formatForRbac,
  formatSdkAuth,
  type FormatForRbacOptions,
} from './service-principals/format-for-rbac.js';
export {
  rotateCredential,
  type NotRemoved,
  type RotateCredentialOptions,
  type RotatedCredential,
} from './service-principals/rotate-credential.js';
export type { OnStep } from './service-principals/run-change.js';
export type { ServicePrincipal } from './service-principals/service-principal.js';
export {
  listServicePrincipals,
  showServicePrincipal,
  type ListServicePrincipalsOptions,
  type ShownServicePrincipal,
  type ShowServicePrincipalOptions,
} from './service-principals/show-service-principal.js';
