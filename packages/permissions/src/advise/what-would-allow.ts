import { createDecider } from '../decide/create-decider.js';
import { parseScope, type Scope } from '../decide/parse-scope.js';
import { roleDefinitionGuid } from '../decide/role-definition-guid.js';
import { scopeCovers } from '../decide/scope-covers.js';
import type {
  AccessRequest,
  AccessSnapshot,
  Grant,
  PrincipalType,
  RoleAssignment,
  RoleDefinition,
} from '../types.js';
import { compareBreadth, roleBreadth } from './role-breadth.js';

const AUTHORIZATION_PART = /\/providers\/microsoft\.authorization\/.*$/i;

/** How {@link whatWouldAllow} looks. */
export interface WhatWouldAllowOptions {
  /**
   * Where to assign the role. Default: the scope of the request; for a part of a resource, such as
   * a compute, the resource itself, such as the workspace. Give a wider one for what does not exist yet.
   */
  readonly scope?: string | undefined;
}

/** One way to allow a request: the role assignment to create. */
export interface AccessProposal {
  /** The role to assign. */
  readonly role: RoleDefinition;
  /**
   * Where to assign it: the option's scope, else that of the request or of the resource which it is part of.
   */
  readonly scope: string;
  /** Object id of the principal of the request. */
  readonly principalId: string;
  /** Where another assignment of the principal tells it. */
  readonly principalType: PrincipalType | undefined;
  /** The decision's proof, with the assignment that does not exist yet. */
  readonly grant: Grant;
  /** True where the role may also write role assignments, which can lead to every other permission. */
  readonly changesAccess: boolean;
}

/**
 * The roles of the snapshot that would allow a request if they were assigned, each found by
 * deciding with that assignment added. A role that may not be assigned at the scope, or whose grant
 * hangs on a condition, is left out. Empty where the request is allowed already, and where a deny
 * assignment stands in the way.
 *
 * Ordered from the narrowest role by what patterns alone tell: roles without power over role
 * assignments first; then by how many of read, write, delete and action they reach; then by the
 * literal segments of the widest pattern, so that `*` comes last; then by the number of patterns.
 * It does not search for combinations of roles, nor for the least possible permissions.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the scope is no complete resource id
 */
export function whatWouldAllow(
  snapshot: AccessSnapshot,
  request: AccessRequest,
  options: WhatWouldAllowOptions = {},
): readonly AccessProposal[] {
  const scope = assignmentScope(request.scope, options.scope);
  if (createDecider(snapshot)(request).verdict === 'allowed') return [];
  return snapshot.roleDefinitions
    .filter((role) => isAssignable(role, scope, snapshot))
    .flatMap((role) => propose(snapshot, request, role, scope.id))
    .map((proposal) => ({ proposal, breadth: roleBreadth(proposal.role) }))
    .toSorted((a, b) => compareBreadth(a.breadth, b.breadth))
    .map(({ proposal }) => proposal);
}

function assignmentScope(requested: string, chosen: string | undefined): Scope {
  if (chosen !== undefined) return parseScope(chosen);
  // Nobody assigns roles on a role assignment, but on what it is attached to.
  const scope = parseScope(requested.replace(AUTHORIZATION_PART, '') || '/');
  return scope.topResourceId === undefined ? scope : parseScope(scope.topResourceId);
}

function propose(
  snapshot: AccessSnapshot,
  request: AccessRequest,
  role: RoleDefinition,
  scope: string,
): readonly AccessProposal[] {
  const { principalId } = request;
  const known = snapshot.roleAssignments.filter((other) => equalIds(other.principalId, principalId));
  // Principal, role and scope are unique together, with or without a condition.
  if (known.some((other) => isSame(other, role, scope))) return [];
  const assignment: RoleAssignment = { id: '', scope, principalId, roleDefinitionId: role.id };
  const decision = createDecider({ ...snapshot, roleDefinitions: [role], roleAssignments: [assignment] })(
    request,
  );
  const [grant] = decision.grants;
  if (decision.verdict !== 'allowed' || grant === undefined) return [];
  const principalType = known.find((other) => other.principalType !== undefined)?.principalType;
  const { changesAccess } = roleBreadth(role);
  return [{ role, scope, principalId, principalType, grant, changesAccess }];
}

/** Microsoft Learn, "Azure custom roles": assignable scopes, and no data actions at management groups. */
function isAssignable(role: RoleDefinition, scope: Scope, { parents }: AccessSnapshot): boolean {
  if (role.roleType === 'CustomRole' && scope.level === 'managementGroup') {
    if (role.permissions.some(({ dataActions }) => dataActions.length > 0)) return false;
  }
  return role.assignableScopes.some((assignable) => scopeCovers(assignable, scope.id, { parents }));
}

function isSame(assignment: RoleAssignment, role: RoleDefinition, scope: string): boolean {
  const sameScope = scopeCovers(assignment.scope, scope) && scopeCovers(scope, assignment.scope);
  return sameScope && roleDefinitionGuid(assignment.roleDefinitionId) === roleDefinitionGuid(role.id);
}

function equalIds(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
