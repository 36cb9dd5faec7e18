import { AmlAuthError, isGuid } from '@aml-auth/core';

import { roleDefinitionGuid } from '../decide/role-definition-guid.js';
import type { PrincipalType } from '../types.js';
import type { AttributeSource, Condition, ConditionLiteral } from './condition.js';
import type { Quantifier } from './operators.js';

/** Attribute of a role assignment, in `@Request` when it is made and in `@Resource` when it is deleted. */
export const ROLE_DEFINITION_ID = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId';
/** As {@link ROLE_DEFINITION_ID}: object id of the principal. */
export const PRINCIPAL_ID = 'Microsoft.Authorization/roleAssignments:PrincipalId';
/** As {@link ROLE_DEFINITION_ID}: `User`, `Group` or `ServicePrincipal`. */
export const PRINCIPAL_TYPE = 'Microsoft.Authorization/roleAssignments:PrincipalType';

/** Which role assignments a delegate may make and delete. What is left out is not constrained. */
export interface DelegationLimits {
  /** GUIDs or resource ids of role definitions. */
  readonly roles?: readonly string[] | undefined;
  /** GUIDs or resource ids of role definitions: every role but these. Not together with `roles`. */
  readonly exceptRoles?: readonly string[] | undefined;
  /** Kinds of principal that roles may be given to. Met only by requests that send `principalType`. */
  readonly principalTypes?:
    readonly Extract<PrincipalType, 'User' | 'Group' | 'ServicePrincipal'>[] | undefined;
  /** Object ids. */
  readonly principals?: readonly string[] | undefined;
}

const SOURCES: readonly (readonly [operation: 'write' | 'delete', source: AttributeSource])[] = [
  ['write', 'Request'],
  ['delete', 'Resource'],
];

/**
 * The condition that lets a delegate manage some role assignments only, in the form of the templates
 * of Microsoft Learn ("Examples to delegate Azure role assignment management with conditions"). It goes
 * on an assignment of a role that may write role assignments, with condition version 2.0.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where nothing is constrained, or an id is no GUID
 */
export function delegationCondition(limits: DelegationLimits): Condition {
  check(limits);
  const operands = SOURCES.map(([operation, source]): Condition => {
    const pattern = `Microsoft.Authorization/roleAssignments/${operation}`;
    const targeted: Condition = { kind: 'not', operand: { kind: 'actionMatches', pattern } };
    return { kind: 'or', operands: [targeted, join(constraints(limits, source))] };
  });
  return { kind: 'and', operands };
}

function constraints(limits: DelegationLimits, source: AttributeSource): readonly Condition[] {
  const { roles, exceptRoles, principalTypes, principals } = limits;
  return [
    oneOf(source, ROLE_DEFINITION_ID, roles?.map(asGuid), 'ForAnyOfAnyValues', 'GuidEquals'),
    oneOf(source, ROLE_DEFINITION_ID, exceptRoles?.map(asGuid), 'ForAnyOfAllValues', 'GuidNotEquals'),
    oneOf(source, PRINCIPAL_TYPE, principalTypes?.map(asText), 'ForAnyOfAnyValues', 'StringEqualsIgnoreCase'),
    oneOf(source, PRINCIPAL_ID, principals?.map(asGuid), 'ForAnyOfAnyValues', 'GuidEquals'),
  ].filter((part) => part !== undefined);
}

function oneOf(
  source: AttributeSource,
  name: string,
  values: readonly ConditionLiteral[] | undefined,
  quantifier: Quantifier,
  operator: 'GuidEquals' | 'GuidNotEquals' | 'StringEqualsIgnoreCase',
): Condition | undefined {
  if (values === undefined) return undefined;
  const left = { kind: 'attribute', source, name } as const;
  return { kind: 'comparison', left, quantifier, operator, right: { kind: 'list', values } };
}

function join(parts: readonly Condition[]): Condition {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : { kind: 'and', operands: parts };
}

function asGuid(id: string): ConditionLiteral {
  return { kind: 'guid', value: roleDefinitionGuid(id) };
}

function asText(value: string): ConditionLiteral {
  return { kind: 'string', value };
}

function check({ roles, exceptRoles, principalTypes, principals }: DelegationLimits): void {
  const lists = [roles, exceptRoles, principalTypes, principals].filter((list) => list !== undefined);
  const ids = [...(roles ?? []), ...(exceptRoles ?? []), ...(principals ?? [])];
  const wrong = ids.find((id) => !isGuid(roleDefinitionGuid(id)));
  if (lists.length === 0 || lists.some((list) => list.length === 0)) {
    throw invalid('It constrains nothing, or to nothing.');
  }
  if (roles !== undefined && exceptRoles !== undefined) throw invalid('It has both roles and exceptRoles.');
  if (wrong !== undefined) throw invalid(`${JSON.stringify(wrong.slice(0, 100))} is no GUID.`);
}

function invalid(problem: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The delegation of role assignments is not valid. ${problem}`,
    remedy: 'Give the GUIDs of roles, the object ids of principals, or kinds of principal.',
  });
}
