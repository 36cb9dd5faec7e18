export {
  whatWouldAllow,
  type AccessProposal,
  type WhatWouldAllowOptions,
} from './advise/what-would-allow.js';
export { builtInRoles } from './catalogue/built-in-roles.js';
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
export { scopeCovers, type ScopeCoversOptions } from './decide/scope-covers.js';
export { explain } from './explain/explain.js';
export type {
  AccessRequest,
  AccessSnapshot,
  Decision,
  Denial,
  DenyAssignment,
  EntryMatch,
  Grant,
  NearMiss,
  PermissionEntry,
  PrincipalType,
  RoleAssignment,
  RoleDefinition,
  Verdict,
} from './types.js';
