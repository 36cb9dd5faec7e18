import {
  builtInRoles,
  decide,
  delegationCondition,
  parseCondition,
  printCondition,
  PRINCIPAL_ID,
  PRINCIPAL_TYPE,
  ROLE_DEFINITION_ID,
  type AttributeFacts,
  type DelegationLimits,
  type Verdict,
} from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

const RBAC_ADMINISTRATOR = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const GROUP = '5d3c6a0e-0f0d-4b52-9a46-2d7d0ddc9d5f';
const scope = '/subscriptions/s1';

const ask = (
  limits: DelegationLimits,
  operation: 'write' | 'delete' | 'read',
  facts: AttributeFacts,
): Verdict =>
  decide(
    {
      roleDefinitions: builtInRoles,
      roleAssignments: [
        {
          id: 'delegate',
          scope,
          principalId: 'delegate',
          roleDefinitionId: RBAC_ADMINISTRATOR,
          condition: printCondition(delegationCondition(limits)),
          conditionVersion: '2.0',
        },
      ],
    },
    {
      principalId: 'delegate',
      action: `Microsoft.Authorization/roleAssignments/${operation}`,
      scope,
      attributes: operation === 'delete' ? { resource: facts } : { request: facts },
    },
  ).verdict;

const facts = (role: string, type: string | null = 'Group', principal = GROUP): AttributeFacts => ({
  [ROLE_DEFINITION_ID]: role,
  [PRINCIPAL_ID]: principal,
  [PRINCIPAL_TYPE]: type,
});

describe('delegationCondition', () => {
  it('is the documented template for roles', () => {
    const template = `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}))
      OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${READER}, ${OWNER}}))
      AND ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'}))
      OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${READER}, ${OWNER}}))`;
    const roles = [READER, `/providers/Microsoft.Authorization/roleDefinitions/${OWNER.toUpperCase()}`];
    expect(delegationCondition({ roles })).toEqual(parseCondition(template));
  });

  it.each(['write', 'delete'] as const)(
    'lets a delegate %s assignments of the roles, and no others',
    (operation) => {
      expect(ask({ roles: [READER] }, operation, facts(READER))).toBe('allowed');
      expect(ask({ roles: [READER] }, operation, facts(OWNER))).toBe('notAllowed');
    },
  );

  it('leaves every other operation alone', () => {
    expect(ask({ roles: [READER] }, 'read', {})).toBe('allowed');
  });

  it.each([OWNER, RBAC_ADMINISTRATOR])('keeps some roles back: %s', (role) => {
    const limits = { exceptRoles: [OWNER, RBAC_ADMINISTRATOR] };
    expect(ask(limits, 'write', facts(READER))).toBe('allowed');
    expect(ask(limits, 'write', facts(role))).toBe('notAllowed');
    expect(ask(limits, 'delete', facts(role))).toBe('notAllowed');
  });

  it('constrains kinds of principal, in any case; a request that does not say it is not settled', () => {
    const limits: DelegationLimits = { roles: [READER], principalTypes: ['User', 'Group'] };
    expect(ask(limits, 'write', facts(READER, 'group'))).toBe('allowed');
    expect(ask(limits, 'write', facts(READER, 'ServicePrincipal'))).toBe('notAllowed');
    expect(ask(limits, 'write', facts(READER, null))).toBe('unknown');
    expect(ask(limits, 'write', facts(OWNER, null))).toBe('notAllowed');
  });

  it('constrains principals', () => {
    const limits: DelegationLimits = { principals: [GROUP] };
    expect(ask(limits, 'write', facts(OWNER))).toBe('allowed');
    expect(ask(limits, 'write', facts(OWNER, 'Group', READER))).toBe('notAllowed');
  });

  it.each<[string, DelegationLimits]>([
    ['nothing', {}],
    ['an empty list', { roles: [] }],
    ['roles and exceptions', { roles: [READER], exceptRoles: [OWNER] }],
    ['the name of a role', { roles: ['Reader'] }],
    ['a principal that is no GUID', { principals: ['alice@contoso.com'] }],
  ])('refuses %s', (_, limits) => {
    expect(() => delegationCondition(limits)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });
});
