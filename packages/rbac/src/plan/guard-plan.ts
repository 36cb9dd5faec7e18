import { decide, parseScope, roleDefinitionGuid, whoCan } from '@aml-auth/permissions';

import type { PlanProblem, PlanStep } from './access-plan.js';
import type { AccessState } from './access-state.js';

/** How much Azure holds (Microsoft Learn, "Azure RBAC limits"). */
export interface PlanLimits {
  /** Role assignments in a subscription, at its resource groups and resources too. Default 4,000, which Azure does not raise. */
  readonly assignmentsPerSubscription?: number | undefined;
  /** Custom roles in the tenant. Default 5,000; give 2,000 for a tenant of Azure operated by 21Vianet. */
  readonly customRoles?: number | undefined;
}

const WRITE = 'Microsoft.Authorization/roleAssignments/write';

/** What a plan must not do: run into a limit of Azure, leave nobody who may assign roles, or lock out its caller. */
export function guardPlan(
  steps: readonly PlanStep[],
  before: AccessState,
  after: AccessState,
  { callerId, ...limits }: PlanLimits & { readonly callerId?: string | undefined },
): readonly PlanProblem[] {
  return [
    ...quotaProblems(steps, before, limits),
    ...inUseProblems(steps, after),
    ...administratorProblems(steps, before, after),
    ...(callerId === undefined ? [] : ownAccessProblems(steps, before, after, callerId)),
  ];
}

/** New assignments come before others go, so both are there for a while. */
function quotaProblems(
  steps: readonly PlanStep[],
  { roleAssignments, roleDefinitions }: AccessState,
  { assignmentsPerSubscription = 4_000, customRoles = 5_000 }: PlanLimits,
): readonly PlanProblem[] {
  const problems: PlanProblem[] = [];
  const counts = new Map<string, number>();
  const count = (scope: string): void => {
    const subscription = subscriptionOf(scope);
    if (subscription !== undefined) counts.set(subscription, (counts.get(subscription) ?? 0) + 1);
  };
  for (const { scope } of roleAssignments) count(scope);
  const created = steps.flatMap((step) => (step.kind === 'createAssignment' ? [step.assignment.scope] : []));
  for (const scope of created) count(scope);
  for (const subject of new Set(created.map(subscriptionOf))) {
    const peak = subject === undefined ? 0 : (counts.get(subject) ?? 0);
    if (subject === undefined || peak <= assignmentsPerSubscription) continue;
    const message = `The subscription would have ${peak} role assignments at a time; ${assignmentsPerSubscription} is the limit.`;
    problems.push({ code: 'assignment-quota', subject, message });
  }
  const more = steps.filter(({ kind }) => kind === 'createRole').length;
  const custom = roleDefinitions.filter(({ roleType }) => roleType === 'CustomRole').length + more;
  if (more > 0 && custom > customRoles) {
    const message = `The tenant would have ${custom} custom roles at a time; ${customRoles} is the limit.`;
    problems.push({ code: 'role-quota', subject: 'custom roles', message });
  }
  return problems;
}

/** Azure deletes no role that is assigned. */
function inUseProblems(steps: readonly PlanStep[], after: AccessState): readonly PlanProblem[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'deleteRole') return [];
    const id = roleDefinitionGuid(step.before.id);
    const holder = after.roleAssignments.find((one) => roleDefinitionGuid(one.roleDefinitionId) === id);
    if (holder === undefined) return [];
    const message = `It is still assigned: ${holder.id}.`;
    return [{ code: 'role-in-use' as const, subject: step.before.roleName, message }];
  });
}

/** Azure itself keeps only the last owner of a subscription. */
function administratorProblems(
  steps: readonly PlanStep[],
  before: AccessState,
  after: AccessState,
): readonly PlanProblem[] {
  return touched(steps).flatMap((scope) => {
    const hasAny = (state: AccessState): boolean =>
      whoCan(state, { action: WRITE, scope }).allowed.length > 0;
    if (!hasAny(before) || hasAny(after)) return [];
    const message = 'Nobody would be left who may assign roles here.';
    return [{ code: 'last-administrator' as const, subject: scope, message }];
  });
}

function ownAccessProblems(
  steps: readonly PlanStep[],
  before: AccessState,
  after: AccessState,
  principalId: string,
): readonly PlanProblem[] {
  return touched(steps).flatMap((scope) => {
    const isAllowed = (state: AccessState): boolean =>
      decide(state, { principalId, action: WRITE, scope }).verdict === 'allowed';
    if (!isAllowed(before) || isAllowed(after)) return [];
    const message = 'Whoever applies this would lose the right to assign roles here.';
    return [{ code: 'own-access' as const, subject: scope, message }];
  });
}

/** Where assignments go or change, or a role changes, and the subscriptions around. */
function touched(steps: readonly PlanStep[]): readonly string[] {
  const scopes = new Set<string>();
  for (const step of steps) {
    if (step.kind === 'deleteAssignment' || step.kind === 'updateAssignment') scopes.add(step.before.scope);
    if (step.kind === 'updateRole') step.before.assignableScopes.forEach((scope) => scopes.add(scope));
  }
  for (const scope of [...scopes]) {
    const subscription = subscriptionOf(scope);
    if (subscription !== undefined) scopes.add(subscription);
  }
  return [...scopes];
}

function subscriptionOf(scope: string): string | undefined {
  const { subscriptionId } = parseScope(scope);
  return subscriptionId === undefined ? undefined : `/subscriptions/${subscriptionId.toLowerCase()}`;
}
