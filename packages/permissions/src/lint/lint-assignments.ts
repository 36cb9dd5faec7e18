import { isConditional } from '../decide/evaluate-permissions.js';
import { normalizeScope } from '../decide/normalize-scope.js';
import { roleDefinitionGuid } from '../decide/role-definition-guid.js';
import { createScopeCovers } from '../decide/scope-covers.js';
import { isPrivileged } from '../least-privilege/role-measure.js';
import { findExcess } from '../operations/find-excess.js';
import type { AccessSnapshot, RoleAssignment, RoleDefinition } from '../types.js';
import { reporter, type LintFinding, type Report } from './lint-finding.js';
import { lintCondition } from './lint-role.js';

interface Held {
  readonly assignment: RoleAssignment;
  readonly role: RoleDefinition | undefined;
}

/** At and above a subscription a role reaches everything. */
const WIDE = /^\/$|^\/subscriptions\/[^/]+$|^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/;

/**
 * Checks the role assignments of a snapshot: what Azure refuses, what is redundant beside another assignment of the
 * same principal, and what reaches far. Conditions are read, not evaluated. Never throws.
 */
export function lintAssignments(snapshot: AccessSnapshot): readonly LintFinding[] {
  const roles = new Map(snapshot.roleDefinitions.map((role) => [roleDefinitionGuid(role.id), role]));
  const covers = createScopeCovers(snapshot.parents);
  const findings: LintFinding[] = [];
  const byPrincipal = new Map<string, Held[]>();
  for (const assignment of snapshot.roleAssignments) {
    const held = { assignment, role: roles.get(roleDefinitionGuid(assignment.roleDefinitionId)) };
    const key = assignment.principalId.toLowerCase();
    const earlier = byPrincipal.get(key);
    if (earlier === undefined) byPrincipal.set(key, [held]);
    else earlier.push(held);
    lintOne(held, covers, reporter(findings, assignment.id));
  }
  for (const own of byPrincipal.values()) {
    for (const [index, held] of own.entries()) {
      lintBeside(held, own, index, covers, reporter(findings, held.assignment.id));
    }
  }
  return findings;
}

function lintOne(
  { assignment, role }: Held,
  covers: ReturnType<typeof createScopeCovers>,
  report: Report,
): void {
  const { scope, principalType, condition } = assignment;
  if (principalType === undefined) {
    report(
      'no-principal-type',
      'Without principalType, Azure looks up a principal that may not be there yet.',
    );
  }
  if (isConditional(assignment)) lintCondition(condition, report);
  if (role === undefined) {
    report('role-missing', 'The definition of its role is not in the snapshot.', assignment.roleDefinitionId);
    return;
  }
  if (!role.assignableScopes.some((assignable) => covers(assignable, scope))) {
    report('not-assignable', `"${role.roleName}" cannot be assigned at this scope.`, scope);
  }
  const isManagementGroup = WIDE.test(normalizeScope(scope) ?? '') && !/^\/(?:$|subscriptions)/i.test(scope);
  const hasData = role.permissions.some(({ dataActions }) => dataActions.length > 0);
  if (isManagementGroup && hasData && role.roleType === 'CustomRole') {
    const message = 'A custom role with data actions cannot be assigned at a management group.';
    report('data-actions-at-management-group', message, scope);
  }
  if (isPrivileged(role) && !isConditional(assignment) && WIDE.test(normalizeScope(scope) ?? '')) {
    report('broad-assignment', `"${role.roleName}" leads to every permission, here at a wide scope.`, scope);
  }
}

/** Only assignments without a condition make others redundant. */
function lintBeside(
  { assignment, role }: Held,
  own: readonly Held[],
  index: number,
  covers: ReturnType<typeof createScopeCovers>,
  report: Report,
): void {
  const sameScope = (other: RoleAssignment): boolean =>
    normalizeScope(other.scope) === normalizeScope(assignment.scope);
  const sameRole = (other: RoleAssignment): boolean =>
    roleDefinitionGuid(other.roleDefinitionId) === roleDefinitionGuid(assignment.roleDefinitionId);
  for (const [at, other] of own.entries()) {
    if (at === index) continue;
    if (sameScope(other.assignment) && sameRole(other.assignment)) {
      const message = `It has principal, role and scope of ${other.assignment.id}, which Azure refuses.`;
      if (at < index) report('duplicate-assignment', message);
      continue;
    }
    if (role === undefined || other.role === undefined || isConditional(other.assignment)) continue;
    if (!covers(other.assignment.scope, assignment.scope)) continue;
    if (findExcess(role.permissions, other.role.permissions) !== undefined) continue;
    const isMutual = sameScope(other.assignment) && isSameAccess(role, other.role);
    if (isMutual && at > index && !isConditional(assignment)) continue;
    report('redundant-assignment', `"${other.role.roleName}" at ${other.assignment.scope} grants all of it.`);
    return;
  }
}

function isSameAccess(a: RoleDefinition, b: RoleDefinition): boolean {
  return findExcess(b.permissions, a.permissions) === undefined;
}
