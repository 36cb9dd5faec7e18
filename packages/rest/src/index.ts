export { armError, type ArmErrorReply } from './arm/arm-error.js';
export { armPath } from './arm/arm-path.js';
export type {
  ArmCancelRequest,
  ArmListRequest,
  ArmRequest,
  ArmResponse,
  ArmTimeLimits,
  ArmWriteRequest,
} from './arm/arm-request.js';
export type { ExplainRefusal } from './arm/explain-refusal.js';
export type { ArmPage } from './arm/list-pages.js';
export type { ArmQuery } from './arm/arm-url.js';
export type { ConfigOrder } from './config/config-candidates.js';
export { ConfigNotFoundError } from './config/config-not-found-error.js';
export {
  explainConfig,
  type ConfigExplanation,
  type ConfigPlace,
  type ExplainConfigOptions,
} from './config/explain-config.js';
export { parseWorkspaceConfig } from './config/parse-workspace-config.js';
export type { ConfigSearchOptions } from './config/search-config.js';
export {
  workspaceFromEnvironment,
  type EnvironmentWorkspace,
  type WorkspaceEnvironment,
} from './config/workspace-from-environment.js';
export type { WriteConfigOptions } from './config/write-config.js';
export {
  createArmClient,
  MACHINE_LEARNING_API_VERSION,
  type ArmClient,
  type ArmClientOptions,
} from './create-arm-client.js';
export { authorizedFetch, type AuthorizedFetchOptions } from './http/authorized-fetch.js';
export { createSender, type Sender, type SenderOptions, type SenderRequest } from './http/create-sender.js';
export type { RetryMode } from './http/retry-policy.js';
export type { OperationHandle } from './operations/operation-handle.js';
export type { Operation, OperationWait } from './operations/operation.js';
export type { OperationProgress } from './operations/read-operation.js';
export type { OnDrift } from './parse-leniently.js';
export {
  parseResourceGroup,
  parseSubscriptionId,
  parseWorkspaceId,
  parseWorkspaceName,
  parseWorkspaceRef,
  type WorkspaceRef,
} from './resource-names.js';
export type { OnlineEndpoint } from './scoring/online-endpoint.js';
export type { ScoreOptions, ScoreResult } from './scoring/score-options.js';
export { findTenant, type FindTenantOptions } from './subscriptions/find-tenant.js';
export { parseSubscription } from './subscriptions/parse-subscription.js';
export type { SubscriptionOperations } from './subscriptions/subscription-operations.js';
export type { Subscription } from './subscriptions/subscription.js';
export { tenantMismatch, type TenantMismatch } from './subscriptions/tenant-mismatch.js';
export type { Tenant, TenantOperations } from './subscriptions/tenant-operations.js';
export type { WorkspaceCreationProgress, WorkspaceCreationWait } from './workspaces/create-workspace.js';
export type { CreateWorkspaceOptions } from './workspaces/create-workspace-options.js';
export { parseWorkspace } from './workspaces/parse-workspace.js';
export type { WorkspaceClient } from './workspaces/workspace-client.js';
export {
  Workspace,
  type ListWorkspacesOptions,
  type ResolveWorkspaceOptions,
  type WorkspaceModel,
  type WorkspaceQuery,
} from './workspaces/workspace-model.js';
export type { WorkspaceListOptions, WorkspaceOperations } from './workspaces/workspace-operations.js';
export type { ResourceIdentity, UserAssignedIdentity, WorkspaceProperties } from './workspaces/workspace.js';
export type { SchemaMode } from './schema-drift.js';
export type {
  LocationRef,
  LocationResources,
  RegistryRef,
  RegistryResources,
  ResourceGroupRef,
  ResourceGroupResources,
  SubscriptionResources,
  WorkspaceResources,
} from './resources/machine-learning-clients.js';
export type {
  ActionCall,
  Actions,
  ResourceCallOptions,
  ResourceListOptions,
} from './resources/resource-actions.js';
export type {
  AllCalls,
  NamedAction,
  NamedActions,
  ResourceClients,
  ResourceOperations,
} from './resources/resource-operations.js';
export type * from './resources/resource-shapes.js';
export type {
  ActionStyle,
  ActionType,
  ActionTypes,
  ResourceCalls,
  ResourceType,
  ResourceTypes,
  WriteStyle,
} from './resources/resource-type.js';
export { createSecret, type Secret, type Secrets } from './resources/secret.js';
