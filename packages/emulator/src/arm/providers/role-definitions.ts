import { builtInRoles, roleDefinitionGuid, type RoleDefinition } from '@aml-auth/permissions';
import { isGuid } from '@aml-auth/core';

import { roleDefinitionId } from '../../core/arm-ids.js';
import { roleKey, type CustomRole } from '../../core/access-rows.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import { queryValue } from '../../http/call.js';
import { findRole } from '../access.js';
import { AUTHORIZATION_VERSIONS } from '../api-versions.js';
import type { ArmContext, ArmType } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { listAnswer } from '../list-answer.js';
import { parseFilter, type FilterTerm } from '../parse-filter.js';
import { linkedAuthorizationFailed } from '../linked-authorization-failed.js';
import { readRoleDefinition } from './read-role-definition.js';
import { stamp } from './stamp.js';

const TYPE = 'Microsoft.Authorization/roleDefinitions';
const LIMIT_PER_TENANT = 5_000;

/**
 * `{scope}/providers/Microsoft.Authorization/roleDefinitions`. Built-in roles are the same for
 * everyone, so that every caller may read them at the root.
 */
export const roleDefinitions: ArmType = {
  type: TYPE,
  apiVersions: AUTHORIZATION_VERSIONS,
  isPublic: ({ path }) => path.scope === '/' && builtInRoles.some(({ id }) => id === guidOf(path.names)),
  list: {
    rule: 'enforced',
    handler(context) {
      const { call, path } = context;
      const terms = readFilter(queryValue(call, '$filter'));
      const below = terms.some(({ name }) => name === 'atscopeandbelow');
      const rows = rolesOf(context)
        .filter((role) => isAssignable(context, role, below))
        .filter((role) => terms.every((term) => matches(role, term)));
      return listAnswer(
        call,
        rows.map((role) => present(role, path.scope)),
        '$skipToken',
      );
    },
  },
  get(context) {
    const role = findRole(context.call.world.store, context.tenantId, guidOf(context.path.names));
    if (role === undefined) throw roleNotFound(context);
    return jsonAnswer(200, present(role, context.path.scope));
  },
  put(context) {
    const { call, path, tenantId } = context;
    const guid = guidOf(path.names);
    if (!isGuid(guid)) {
      throw armRefusal(400, 'InvalidRoleDefinitionId', `The role definition ID '${guid}' is not valid.`);
    }
    const existing = findRole(call.world.store, tenantId, guid);
    if (existing?.roleType === 'BuiltInRole') {
      throw armRefusal(
        400,
        'RoleDefinitionUpdateNotPermitted',
        'Built-in role definitions cannot be changed.',
      );
    }
    const role = readRoleDefinition(guid, context.body());
    requireOnAllScopes(context, 'write', [...role.assignableScopes, ...(existing?.assignableScopes ?? [])]);
    const sameName = rolesOf(context).find(
      (other) => other.id !== guid && other.roleName.toLowerCase() === role.roleName.toLowerCase(),
    );
    if (sameName !== undefined) {
      const message = `A role definition cannot be created with the same name '${role.roleName}' as an existing one in this directory. Use a different name.`;
      throw armRefusal(409, 'RoleDefinitionWithSameNameExists', message);
    }
    const before = call.world.store.get('roleDefinitions', roleKey(tenantId, guid));
    if (before === undefined) checkRoom(context);
    const row: CustomRole = {
      ...role,
      ...stamp(context, before),
    };
    call.world.store.put('roleDefinitions', roleKey(tenantId, guid), row);
    return jsonAnswer(201, present(row, path.scope));
  },
  delete(context) {
    const { call, path, tenantId } = context;
    const guid = guidOf(path.names);
    const role = findRole(call.world.store, tenantId, guid);
    if (role === undefined) return emptyAnswer(204);
    if (role.roleType === 'BuiltInRole') {
      throw armRefusal(
        400,
        'RoleDefinitionDeleteNotPermitted',
        'Built-in role definitions cannot be deleted.',
      );
    }
    requireOnAllScopes(context, 'delete', role.assignableScopes);
    if (isAssigned(context, guid)) {
      const message = 'There are existing role assignments referencing role.';
      throw armRefusal(400, 'RoleDefinitionHasAssignments', message);
    }
    call.world.store.remove('roleDefinitions', roleKey(tenantId, guid));
    return jsonAnswer(200, present(role, path.scope));
  },
};

/** Azure has room for so many custom roles in a tenant. */
function checkRoom({ call, tenantId }: ArmContext): void {
  const limit = call.world.store.get('tenants', tenantId)?.customRoleLimit ?? LIMIT_PER_TENANT;
  const count = call.world.store.list('roleDefinitions').filter((role) => role.tenantId === tenantId).length;
  if (count < limit) return;
  const message = 'Role definition limit exceeded. No more role definitions can be created.';
  throw armRefusal(400, 'RoleDefinitionLimitExceeded', message);
}

function requireOnAllScopes(
  { access, caller, path }: ArmContext,
  verb: 'write' | 'delete',
  scopes: readonly string[],
): void {
  const action = `${TYPE}/${verb}`;
  const lacking = scopes.filter(
    (scope) => access.decide(caller.objectId, action, scope).verdict !== 'allowed',
  );
  if (lacking.length > 0)
    throw linkedAuthorizationFailed(caller, { action, scope: path.id }, action, lacking);
}

/** Also where somebody could activate it. */
function isAssigned({ call, tenantId }: ArmContext, guid: string): boolean {
  const { store } = call.world;
  return [...store.list('roleAssignments'), ...store.list('eligibleAssignments')].some(
    (row) => row.tenantId === tenantId && roleDefinitionGuid(row.roleDefinitionId) === guid,
  );
}

function rolesOf({ access }: ArmContext): readonly RoleDefinition[] {
  return access.snapshot.roleDefinitions;
}

/** Whether the role can be assigned at the scope; with `below`, also somewhere below it. */
function isAssignable({ access, path }: ArmContext, role: RoleDefinition, below: boolean): boolean {
  return role.assignableScopes.some(
    (assignable) => access.covers(assignable, path.scope) || (below && access.covers(path.scope, assignable)),
  );
}

function readFilter(filter: string | undefined): readonly FilterTerm[] {
  if (filter === undefined || filter.trim() === '') return [];
  const terms = parseFilter(filter);
  const known = new Set(['rolename', 'type', 'atscopeandbelow']);
  if (terms?.every(({ name }) => known.has(name)) === true) return terms;
  const message = `The filter '${filter.slice(0, 200)}' is not supported. Supported filters are 'roleName eq '{value}'', 'type eq '{value}'' and 'atScopeAndBelow()', joined by 'and'.`;
  throw armRefusal(400, 'UnsupportedQuery', message);
}

function matches(role: RoleDefinition, { name, value }: FilterTerm): boolean {
  if (name === 'rolename') return role.roleName.toLowerCase() === value.toLowerCase();
  if (name === 'type') return role.roleType.toLowerCase() === value.toLowerCase();
  return true;
}

function guidOf(names: readonly string[]): string {
  return (names[0] ?? '').toLowerCase();
}

function roleNotFound({ path }: ArmContext): Error {
  const id = guidOf(path.names).replaceAll('-', '');
  const message = `The specified role definition with ID '${id}' does not exist.`;
  return armRefusal(404, 'RoleDefinitionDoesNotExist', message);
}

function present(role: RoleDefinition, scope: string): Record<string, unknown> {
  const custom = role as Partial<CustomRole>;
  const prefix = /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? '/';
  const created = new Date(custom.createdOn ?? Date.UTC(2015, 1, 2)).toISOString();
  return {
    properties: {
      roleName: role.roleName,
      type: role.roleType,
      description: role.description ?? '',
      assignableScopes: role.assignableScopes,
      permissions: role.permissions,
      createdOn: created,
      updatedOn: custom.updatedOn === undefined ? created : new Date(custom.updatedOn).toISOString(),
      createdBy: custom.createdBy ?? null,
      updatedBy: custom.updatedBy ?? null,
    },
    id: roleDefinitionId(prefix, role.id),
    type: TYPE,
    name: role.id,
  };
}
