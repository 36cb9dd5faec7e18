import type { PermissionEntry, RoleDefinition } from '@aml-auth/permissions';

import { asText, isObject } from '../../core/json.js';
import { managementGroupName } from '../../core/management-groups.js';
import { armRefusal } from '../arm-refusal.js';
import { readCondition } from './read-condition.js';

/**
 * The role definition in a request body.
 *
 * @throws a refusal where a limit of custom roles is broken
 */
export function readRoleDefinition(id: string, body: Readonly<Record<string, unknown>>): RoleDefinition {
  const properties = isObject(body['properties']) ? body['properties'] : body;
  const roleName = asText(properties['roleName']) ?? '';
  if (roleName === '' || roleName.length > 512) {
    throw invalid('The role name must have 1 to 512 characters.');
  }
  const description = asText(properties['description']) ?? '';
  if (description.length > 2048) throw invalid('The description must have at most 2048 characters.');
  const permissions = properties['permissions'];
  if (!Array.isArray(permissions) || permissions.length === 0) {
    throw invalid('The role definition must have permissions.');
  }
  return {
    id,
    roleName,
    description,
    roleType: 'CustomRole',
    assignableScopes: readAssignableScopes(properties['assignableScopes']),
    permissions: permissions.map(readEntry),
  };
}

function readAssignableScopes(value: unknown): readonly string[] {
  const scopes = texts(value, 'assignableScopes').map((scope) => scope.replace(/(.)\/+$/, '$1'));
  if (scopes.length === 0 || scopes.length > 2000) {
    throw invalid('A custom role must have 1 to 2000 assignable scopes.');
  }
  for (const scope of scopes) {
    if (/^\/(subscriptions|providers\/Microsoft\.Management\/managementGroups)\/[^*]+$/i.test(scope))
      continue;
    throw armRefusal(400, 'InvalidAssignableScope', `The assignable scope '${scope}' is not valid.`);
  }
  if (scopes.filter((scope) => managementGroupName(scope) !== undefined).length > 1) {
    throw invalid('A custom role can have one management group in its assignable scopes.');
  }
  return scopes;
}

function readEntry(value: unknown): PermissionEntry {
  if (!isObject(value)) throw invalid('A permission must be an object.');
  const entry = {
    actions: texts(value['actions'], 'actions'),
    notActions: texts(value['notActions'], 'notActions'),
    dataActions: texts(value['dataActions'], 'dataActions'),
    notDataActions: texts(value['notDataActions'], 'notDataActions'),
  };
  for (const action of Object.values(entry).flat()) {
    if (action.split('*').length <= 2 && /^(\*|[^/]+\/.+)$/.test(action)) continue;
    const message = `'${action}' does not match any of the actions supported by the providers. Only one '*' is allowed.`;
    throw armRefusal(400, 'InvalidActionOrNotAction', message);
  }
  return { ...entry, ...readCondition(value) };
}

function texts(value: unknown, name: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw invalid(`The value of '${name}' is not a list of texts.`);
}

function invalid(message: string): Error {
  return armRefusal(400, 'InvalidRoleDefinition', message);
}
