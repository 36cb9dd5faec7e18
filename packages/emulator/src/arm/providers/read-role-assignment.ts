import { isGuid } from '@aml-auth/core';
import type { PrincipalType, RoleDefinition } from '@aml-auth/permissions';

import type { StoredAssignment } from '../../core/access-rows.js';
import { compactGuid } from '../../core/ids.js';
import { asText, isObject } from '../../core/json.js';
import { managementGroupName } from '../../core/management-groups.js';
import { principalTypeOf } from '../../core/principals.js';
import { findRole } from '../access.js';
import type { ArmContext } from '../arm-context.js';
import { armRefusal } from '../arm-refusal.js';
import { givenPrincipalType } from './given-principal-type.js';
import { readCondition } from './read-condition.js';

/** What a caller decides about a role assignment. */
export type RequestedAssignment = Pick<
  StoredAssignment,
  | 'principalId'
  | 'principalType'
  | 'roleDefinitionId'
  | 'condition'
  | 'conditionVersion'
  | 'description'
  | 'delegatedManagedIdentityResourceId'
>;

const LONGEST_DESCRIPTION = 2_048;
const TYPES: ReadonlySet<string> = new Set<PrincipalType>([
  'User',
  'Group',
  'ServicePrincipal',
  'ForeignGroup',
  'Device',
]);

/** Reads and checks the body of a role assignment; every refusal is one that Azure gives. */
export function readRoleAssignment(context: ArmContext): RequestedAssignment {
  const body = context.body();
  const properties = isObject(body['properties']) ? body['properties'] : body;
  const { principalId, principalType } = readPrincipal(context, properties);
  const delegated = asText(properties['delegatedManagedIdentityResourceId']);
  return {
    principalId,
    principalType,
    roleDefinitionId: readRole(context, asText(properties['roleDefinitionId']) ?? ''),
    description: readDescription(properties['description']),
    ...readCondition(properties),
    ...(delegated === undefined ? {} : { delegatedManagedIdentityResourceId: delegated }),
  };
}

function readPrincipal(
  { call, tenantId }: ArmContext,
  properties: Readonly<Record<string, unknown>>,
): Pick<RequestedAssignment, 'principalId' | 'principalType'> {
  const given = asText(properties['principalId']) ?? '';
  if (!isGuid(given)) {
    const message = `The Principal ID '${given}' is not valid. Principal ID must be a GUID.`;
    throw armRefusal(400, 'InvalidPrincipalId', message);
  }
  const wanted = givenPrincipalType(call, properties);
  if (wanted !== undefined && !TYPES.has(wanted)) throw badFormat();
  const principalId = given.toLowerCase();
  const { store } = call.world;
  const principalType = principalTypeOf(store, tenantId, principalId);
  // One that is not replicated yet is taken on trust where the request says what it is, except a group.
  const isTrusted = wanted !== undefined && wanted !== 'Group';
  const isYoung = principalTypeOf(store.replica, tenantId, principalId) === undefined;
  if (principalType === undefined || (isYoung && !isTrusted)) {
    const message = `Principal ${compactGuid(principalId)} does not exist in the directory ${tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group. See https://aka.ms/docs-principaltype`;
    throw armRefusal(400, 'PrincipalNotFound', message);
  }
  if (wanted !== undefined && wanted !== principalType) {
    // The misspelling is the service's own.
    const message = `The PrincipalId '${compactGuid(principalId)}' has type '${principalType}' , which is different from specified PrinciaplType '${wanted}'.`;
    throw armRefusal(400, 'UnmatchedPrincipalType', message);
  }
  return { principalId, principalType };
}

function readRole({ access, call, path, tenantId }: ArmContext, id: string): string {
  const match =
    /^(\/subscriptions\/[^/]+)?\/providers\/Microsoft\.Authorization\/roleDefinitions\/([^/]+)$/i.exec(id);
  if (match === null) throw badFormat();
  const guid = match[2]?.toLowerCase() ?? '';
  if (!isGuid(guid)) {
    throw armRefusal(400, 'InvalidRoleDefinitionId', `The role definition ID '${guid}' is not valid.`);
  }
  const role = findRole(call.world.store, tenantId, guid);
  if (role?.assignableScopes.some((scope) => access.covers(scope, path.scope)) !== true) {
    const message = `The specified role definition with ID '${compactGuid(guid)}' does not exist.`;
    throw armRefusal(400, 'RoleDefinitionDoesNotExist', message);
  }
  if (managementGroupName(path.scope) !== undefined && isCustomWithData(role)) {
    const message =
      'Role assignments to Management Groups can not be made to custom role definitions with DataActions';
    throw armRefusal(400, 'InvalidCreateRoleAssignmentRequest', message);
  }
  return id;
}

function isCustomWithData({ roleType, permissions }: RoleDefinition): boolean {
  return roleType === 'CustomRole' && permissions.some(({ dataActions }) => dataActions.length > 0);
}

function readDescription(value: unknown): string | null {
  const description = asText(value) ?? null;
  if (description !== null && description.length > LONGEST_DESCRIPTION) throw badFormat();
  return description;
}

function badFormat(): Error {
  return armRefusal(400, 'BadRequestFormat', 'The request was incorrectly formatted.');
}
