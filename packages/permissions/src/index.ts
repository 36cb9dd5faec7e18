export {
  whatWouldAllow,
  type AccessProposal,
  type WhatWouldAllowOptions,
} from './advise/what-would-allow.js';
export { azureMlOperations, type AzureMlOperation } from './catalogue/azure-ml-operations.js';
export { builtInRoles } from './catalogue/built-in-roles.js';
export type { ConditionValue } from './conditions/compare-values.js';
export type {
  AttributeSource,
  Condition,
  ConditionAttribute,
  ConditionComparison,
  ConditionList,
  ConditionLiteral,
  ConditionOperand,
} from './conditions/condition.js';
export type {
  AccessAttributes,
  AttributeFact,
  AttributeFacts,
  ConditionFacts,
} from './conditions/condition-facts.js';
export {
  delegationCondition,
  PRINCIPAL_ID,
  PRINCIPAL_TYPE,
  ROLE_DEFINITION_ID,
  type DelegationLimits,
} from './conditions/delegation-condition.js';
export { evaluateCondition, type ConditionResult } from './conditions/evaluate-condition.js';
export type { ComparisonOperator, Quantifier } from './conditions/operators.js';
export { parseCondition } from './conditions/parse-condition.js';
export { printCondition } from './conditions/print-condition.js';
export { createDecider, type Decider } from './decide/create-decider.js';
export { decide } from './decide/decide.js';
export {
  actionMatches,
  matchAction,
  type ActionMatch,
  type ActionMatchOptions,
} from './decide/match-action.js';
export { parseScope, type Scope, type ScopeLevel } from './decide/parse-scope.js';
export { principalPaths, type PrincipalPaths } from './decide/principal-paths.js';
export { roleDefinitionGuid } from './decide/role-definition-guid.js';
export type { ScopeParents } from './decide/scope-chain.js';
export { createScopeCovers, scopeCovers, type ScopeCoversOptions } from './decide/scope-covers.js';
export { describeFix, type AccessFix, type FixTarget } from './errors/access-fix.js';
export { explainError, type ErrorExplanation, type ExplainErrorOptions } from './errors/explain-error.js';
export {
  parseAccessError,
  type AccessError,
  type AccessErrorBody,
  type AccessErrorInput,
} from './errors/parse-access-error.js';
export {
  escalationGraph,
  escalationPaths,
  type EscalationGraph,
  type EscalationPath,
} from './escalation/escalation-graph.js';
export type {
  EscalationEdge,
  EscalationEnvironment,
  EscalationNeed,
  EscalationNode,
  EscalationStep,
  ManagedIdentityUse,
} from './escalation/escalation-types.js';
export { explain } from './explain/explain.js';
export {
  leastPrivilege,
  type LeastPrivilege,
  type LeastPrivilegeOptions,
  type RoleCover,
} from './least-privilege/least-privilege.js';
export { scenarios, type Scenario, type ScenarioName } from './least-privilege/scenarios.js';
export type { CoverCost } from './least-privilege/smallest-cover.js';
export type { CustomRoleDraft, NeededOperations } from './least-privilege/synthesize-role.js';
export { lintAssignments } from './lint/lint-assignments.js';
export { lintSeverities, type LintCode, type LintFinding, type LintSeverity } from './lint/lint-finding.js';
export { lintRoleJson } from './lint/lint-role-json.js';
export { lintRole, type LintedRole } from './lint/lint-role.js';
export { readRoleJson, type RoleJson } from './lint/read-role-json.js';
export { findExcess, type Excess } from './operations/find-excess.js';
export { proofTree, type ProofNode } from './explain/proof-tree.js';
export { can } from './query/can.js';
export { compare, type AccessComparison, type ComparedAccess, type CompareOptions } from './query/compare.js';
export { whatCan, type AccessOverview, type AccessSubject } from './query/what-can.js';
export { whoCan, type AccessHolders, type AccessQuestion } from './query/who-can.js';
export {
  whatIf,
  type AccessChange,
  type AccessEdit,
  type RoleChange,
  type WhatIf,
  type WhatIfOptions,
} from './what-if/what-if.js';
export type {
  AccessRequest,
  AccessSnapshot,
  ClassicAdministrator,
  Decision,
  Denial,
  DenyAssignment,
  EligibleGrant,
  EntryMatch,
  Grant,
  NearMiss,
  PermissionEntry,
  PrincipalType,
  RoleAssignment,
  RoleDefinition,
  Verdict,
} from './types.js';
