import { PRINCIPAL_ID, PRINCIPAL_TYPE, ROLE_DEFINITION_ID } from '../conditions/delegation-condition.js';
import type { Decider } from '../decide/create-decider.js';
import { evaluatePermissions } from '../decide/evaluate-permissions.js';
import { normalizeScope } from '../decide/normalize-scope.js';
import { roleDefinitionGuid } from '../decide/role-definition-guid.js';
import { createScopeCovers } from '../decide/scope-covers.js';
import { whoCan } from '../query/who-can.js';
import type { AccessSnapshot, Decision, RoleDefinition } from '../types.js';
import type { EscalationEdge, EscalationRoute } from './escalation-types.js';

const WRITE_ASSIGNMENT = 'Microsoft.Authorization/roleAssignments/write';
const WRITE_DEFINITION = 'Microsoft.Authorization/roleDefinitions/write';

/** Who may assign roles, at each scope where a role is assigned: to themselves too. */
export function controlEdges(
  snapshot: AccessSnapshot,
  routes: readonly EscalationRoute[],
  decider: Decider,
): readonly EscalationEdge[] {
  return scopesOf(snapshot).flatMap((scope) => {
    const { allowed, unknown } = whoCan(snapshot, { action: WRITE_ASSIGNMENT, scope });
    return [
      ...allowed
        .filter(({ grants }) => grants.some(({ assignment }) => isAt(assignment.scope, scope)))
        .map((decision) => control(decision, scope)),
      ...unknown.flatMap((decision) => delegated(snapshot, decision, scope, routes, decider)),
    ];
  });
}

/** Who holds a custom role and may write it at all of its assignable scopes, which Azure demands. */
export function roleEdges(snapshot: AccessSnapshot, decider: Decider): readonly EscalationEdge[] {
  const roles = new Map(snapshot.roleDefinitions.map((role) => [roleDefinitionGuid(role.id), role]));
  return snapshot.roleAssignments.flatMap(({ roleDefinitionId, principalId, scope }) => {
    const role = roles.get(roleDefinitionGuid(roleDefinitionId));
    if (role?.roleType !== 'CustomRole' || role.assignableScopes.length === 0) return [];
    const needs = role.assignableScopes.map((at) => ({ action: WRITE_DEFINITION, scope: at }));
    if (!needs.every((need) => decider({ principalId, ...need }).verdict === 'allowed')) return [];
    const from = { kind: 'principal', id: principalId.toLowerCase() } as const;
    return [{ from, to: { kind: 'control', id: scope }, step: 'editRole', needs, isCertain: true }];
  });
}

function control({ request }: Decision, scope: string): EscalationEdge {
  return {
    from: { kind: 'principal', id: request.principalId },
    to: { kind: 'control', id: scope },
    step: 'assignRoles',
    needs: [{ action: WRITE_ASSIGNMENT, scope }],
    isCertain: true,
  };
}

/** What a delegate gets by giving itself each of the roles that its condition leaves open. */
function delegated(
  snapshot: AccessSnapshot,
  { request: { principalId } }: Decision,
  scope: string,
  routes: readonly EscalationRoute[],
  decider: Decider,
): readonly EscalationEdge[] {
  const covers = createScopeCovers(snapshot.parents);
  const principalType = snapshot.roleAssignments.find(
    (other) => other.principalId.toLowerCase() === principalId && other.principalType !== undefined,
  )?.principalType;
  const need = { action: WRITE_ASSIGNMENT, scope };
  return snapshot.roleDefinitions.flatMap((role) => {
    if (!role.assignableScopes.some((assignable) => covers(assignable, scope))) return [];
    const request = {
      [ROLE_DEFINITION_ID]: roleDefinitionGuid(role.id),
      [PRINCIPAL_ID]: principalId,
      [PRINCIPAL_TYPE]: principalType,
    };
    const { verdict } = decider({ principalId, ...need, attributes: { request } });
    if (verdict !== 'allowed' && verdict !== 'unknown') return [];
    const holds = ({ action, scope: at }: typeof need): boolean =>
      (covers(scope, at) && grants(role, action)) ||
      decider({ principalId, action, scope: at }).verdict === 'allowed';
    const common = {
      from: { kind: 'principal', id: principalId },
      step: 'assignRoles',
      role,
      isCertain: verdict === 'allowed',
    } as const;
    return [
      ...(grants(role, WRITE_ASSIGNMENT)
        ? [{ ...common, to: { kind: 'control', id: scope } as const, needs: [need] }]
        : []),
      ...routes
        .filter(({ needs }) => needs.every(holds) && needs.some(({ action }) => grants(role, action)))
        .map(({ to, needs }) => ({ ...common, to, needs: [need, ...needs] })),
    ];
  });
}

function grants({ permissions }: RoleDefinition, action: string): boolean {
  return evaluatePermissions(permissions, action.toLowerCase(), false).kind === 'granted';
}

function scopesOf(snapshot: AccessSnapshot): readonly string[] {
  const scopes = [...snapshot.roleAssignments, ...(snapshot.classicAdministrators ?? [])];
  return [...new Map(scopes.map(({ scope }) => [normalizeScope(scope), scope])).values()];
}

function isAt(one: string, other: string): boolean {
  return normalizeScope(one) === normalizeScope(other);
}
