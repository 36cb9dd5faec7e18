import { isGuid } from '@aml-auth/core';
import { roleDefinitionGuid } from '@aml-auth/permissions';

import type { StoredAssignment } from '../../core/access-rows.js';
import { roleAssignmentId } from '../../core/arm-ids.js';
import { hasDirectoryRole } from '../../core/has-directory-role.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import { queryValue } from '../../http/call.js';
import { assignmentsOf } from '../access.js';
import { AUTHORIZATION_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { listAnswer } from '../list-answer.js';
import { assignmentAttributes } from './assignment-attributes.js';
import { assignmentFilter } from './assignment-filter.js';
import { checkNewAssignment } from './check-new-assignment.js';
import { isSameAssignment } from './is-same-assignment.js';
import { readRoleAssignment } from './read-role-assignment.js';
import { stamp } from './stamp.js';

const TYPE = 'Microsoft.Authorization/roleAssignments';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

/** `{scope}/providers/Microsoft.Authorization/roleAssignments`. */
export const roleAssignments: ArmType = {
  type: TYPE,
  apiVersions: AUTHORIZATION_VERSIONS,
  attributes: (context) => assignmentAttributes(context, find(context)),
  list: {
    rule: 'enforced',
    handler(context) {
      const { call, path, tenantId } = context;
      const matches = assignmentFilter(queryValue(call, '$filter'), path.scope, context.access);
      const rows = assignmentsOf(call.world.store, tenantId).filter(matches);
      return listAnswer(call, rows.map(present), '$skipToken');
    },
  },
  get(context) {
    const row = find(context);
    if (row === undefined) {
      const message = `The role assignment '${nameOf(context)}' is not found.`;
      throw armRefusal(404, 'RoleAssignmentNotFound', message);
    }
    return jsonAnswer(200, present(row));
  },
  put(context) {
    const { call, path } = context;
    const name = nameOf(context);
    if (!isGuid(name)) {
      const message = `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`;
      throw armRefusal(400, 'InvalidRoleAssignmentId', message);
    }
    const wanted = readRoleAssignment(context);
    const existing = call.world.store.get('roleAssignments', name);
    if (existing !== undefined && !isSameAssignment(existing, { ...wanted, scope: path.scope })) {
      const message = 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.';
      throw armRefusal(400, 'RoleAssignmentUpdateNotPermitted', message);
    }
    if (existing === undefined) checkNewAssignment(context, wanted);
    const row: StoredAssignment = {
      ...wanted,
      id: existing?.id ?? roleAssignmentId(path.scope, name),
      name,
      scope: existing?.scope ?? path.scope,
      ...stamp(context, existing),
    };
    call.world.store.put('roleAssignments', name, row);
    return jsonAnswer(existing === undefined ? 201 : 200, present(row));
  },
  delete(context) {
    const row = find(context);
    if (row === undefined) return emptyAnswer(204);
    checkNotLastOwner(context, row);
    context.call.world.store.remove('roleAssignments', row.name);
    return jsonAnswer(200, present(row));
  },
};

/**
 * Azure keeps the last Owner of a subscription, so that somebody can still manage access. Global
 * Administrators of the directory and classic administrators of the subscription may take it away.
 */
function checkNotLastOwner({ call, caller, tenantId }: ArmContext, row: StoredAssignment): void {
  const { store } = call.world;
  const isOwnerHere = (other: StoredAssignment): boolean =>
    roleDefinitionGuid(other.roleDefinitionId) === OWNER &&
    other.scope.toLowerCase() === row.scope.toLowerCase();
  const id = /^\/subscriptions\/([^/]+)$/i.exec(row.scope)?.[1];
  if (id === undefined || !isOwnerHere(row)) return;
  if (assignmentsOf(store, tenantId).filter(isOwnerHere).length > 1) return;
  if (hasDirectoryRole(store, caller.objectId, 'Global Administrator')) return;
  const classic = store.get('subscriptions', id)?.classicAdministrators ?? [];
  const upn = store.get('users', caller.objectId)?.userPrincipalName.toLowerCase();
  if (classic.some(({ emailAddress }) => emailAddress.toLowerCase() === upn)) return;
  const code = 'CannotDeleteLastRbacAdminAssignment';
  throw armRefusal(412, code, 'Cannot delete the last RBAC admin assignment');
}

function find(context: ArmContext): StoredAssignment | undefined {
  const row = context.call.world.store.get('roleAssignments', nameOf(context));
  const isHere = row?.scope.toLowerCase() === context.path.scope.toLowerCase();
  return isHere && row.tenantId === context.tenantId ? row : undefined;
}

function nameOf({ path }: ArmContext): string {
  return (path.names[0] ?? '').toLowerCase();
}

function present(row: StoredAssignment): Record<string, unknown> {
  return {
    properties: {
      roleDefinitionId: row.roleDefinitionId,
      principalId: row.principalId,
      principalType: row.principalType,
      scope: row.scope,
      condition: row.condition ?? null,
      conditionVersion: row.conditionVersion ?? null,
      createdOn: new Date(row.createdOn).toISOString(),
      updatedOn: new Date(row.updatedOn).toISOString(),
      createdBy: row.createdBy,
      updatedBy: row.updatedBy,
      delegatedManagedIdentityResourceId: row.delegatedManagedIdentityResourceId ?? null,
      description: row.description,
    },
    id: row.id,
    type: TYPE,
    name: row.name,
  };
}
