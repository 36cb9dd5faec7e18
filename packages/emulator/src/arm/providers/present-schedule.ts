import { roleDefinitionGuid } from '@aml-auth/permissions';

import type { StoredAssignment } from '../../core/access-rows.js';
import { managementGroupName } from '../../core/management-groups.js';
import { findRole } from '../access.js';
import type { ArmContext } from '../arm-context.js';
import { presentPrincipal } from './present-principal.js';

/** When a schedule counts, in milliseconds since the epoch. */
export interface Span {
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/** Id of a schedule of Privileged Identity Management, or of an instance of one. */
export function scheduleId(row: StoredAssignment, type: string): string {
  return `${row.scope === '/' ? '' : row.scope}/providers/${type}/${row.name}`;
}

/** The properties that all kinds of schedules have. */
export function scheduleProperties(
  context: ArmContext,
  row: StoredAssignment,
  { startsAt, endsAt }: Span,
): Record<string, unknown> {
  return {
    scope: row.scope,
    roleDefinitionId: row.roleDefinitionId,
    principalId: row.principalId,
    principalType: row.principalType,
    startDateTime: new Date(startsAt).toISOString(),
    ...(endsAt === null ? {} : { endDateTime: new Date(endsAt).toISOString() }),
    memberType: memberType(context, row),
    condition: row.condition ?? null,
    conditionVersion: row.conditionVersion ?? null,
    createdOn: new Date(row.createdOn).toISOString(),
    expandedProperties: expanded(context, row),
  };
}

function memberType({ path }: ArmContext, { principalType, scope }: StoredAssignment): string {
  if (scope.toLowerCase() !== path.scope.toLowerCase() && path.scope.length > scope.length)
    return 'Inherited';
  return principalType === 'Group' ? 'Group' : 'Direct';
}

function expanded({ call, tenantId, access }: ArmContext, row: StoredAssignment): Record<string, unknown> {
  const { store } = call.world;
  const role = findRole(store, tenantId, roleDefinitionGuid(row.roleDefinitionId));
  const groupName = managementGroupName(row.scope);
  const last = row.scope.split('/').at(-1) ?? '';
  const subscription = /^\/subscriptions\/[^/]+$/i.test(row.scope)
    ? store.get('subscriptions', last)
    : undefined;
  const displayName =
    groupName === undefined ? subscription?.displayName : access.tree.find(groupName)?.displayName;
  return {
    scope: { id: row.scope, displayName: displayName ?? last, type: scopeType(row.scope) },
    roleDefinition: {
      id: row.roleDefinitionId,
      displayName: role?.roleName ?? '',
      type: role?.roleType ?? '',
    },
    principal: presentPrincipal(store, row.principalId, row.principalType),
  };
}

function scopeType(scope: string): string {
  if (managementGroupName(scope) !== undefined) return 'managementgroup';
  if (/^\/subscriptions\/[^/]+$/i.test(scope)) return 'subscription';
  return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(scope) ? 'resourcegroup' : 'resource';
}
