import { roleAssignmentName } from '@aml-auth/rbac';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const principal = '5d3c6a0e-0f0d-4b52-9a46-2d7d0ddc9d5f';
const role = 'f6c7c914-8db3-469d-8ca1-694a8f32e121';
const scope = '/subscriptions/s1/resourceGroups/rg1';

describe('roleAssignmentName', () => {
  it('is a version 5 UUID that does not change from one release to the next', () => {
    expect(roleAssignmentName(scope, principal, role)).toBe('e725cd9f-9579-50be-a54f-417aba162f64');
  });

  it.each([
    ['the case of the scope', scope.toUpperCase(), principal, role],
    ['a trailing slash', `${scope}/`, principal, role],
    ['the case of the principal', scope, principal.toUpperCase(), role],
    ['the case of the role', scope, principal, role.toUpperCase()],
    [
      'a role given by a resource id',
      scope,
      principal,
      `/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    ],
  ])('does not depend on %s', (_what, ...target) => {
    expect(roleAssignmentName(...target)).toBe(roleAssignmentName(scope, principal, role));
  });

  it('differs where scope, principal or role differ', () => {
    const guid = fc.uuid();
    fc.assert(
      fc.property(guid, guid, guid, guid, (a, b, c, d) => {
        const targets = [
          [a, b, c],
          [d, b, c],
          [a, d, c],
          [a, b, d],
          [a, c, b],
        ].map((target) => target.join());
        const names = targets.map((target) => {
          const [subscription, ...ids] = target.split(',') as [string, string, string];
          return roleAssignmentName(`/subscriptions/${subscription}`, ...ids);
        });
        expect(new Set(names).size).toBe(new Set(targets).size);
      }),
    );
  });

  it.each([
    ['scope', 'rg1', principal, role],
    ['principalId', scope, 'alice', role],
    ['roleDefinitionId', scope, principal, 'Reader'],
  ])('refuses a bad %s', (_what, ...target) => {
    expect(() => roleAssignmentName(...target)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });
});
