import { parseScope } from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { resourceGroup, workspace } from '../fixtures/snapshot.js';

const group = { subscriptionId: 's1', resourceGroup: 'rg1' };
const ml = 'Microsoft.MachineLearningServices';

describe('parseScope', () => {
  it('reads the root', () => {
    expect(parseScope('/')).toEqual({ level: 'root', id: '/' });
  });

  it('reads a management group', () => {
    const id = '/providers/Microsoft.Management/managementGroups/Team';
    expect(parseScope(id)).toEqual({ level: 'managementGroup', id, managementGroup: 'Team' });
  });

  it('reads a subscription and a resource group, in any case and with a trailing slash', () => {
    expect(parseScope('/SUBSCRIPTIONS/s1/')).toEqual({
      level: 'subscription',
      id: '/SUBSCRIPTIONS/s1',
      subscriptionId: 's1',
    });
    expect(parseScope(resourceGroup)).toEqual({ level: 'resourceGroup', id: resourceGroup, ...group });
  });

  it('reads a resource', () => {
    expect(parseScope(workspace)).toEqual({
      level: 'resource',
      id: workspace,
      ...group,
      resourceType: `${ml}/workspaces`,
      resourceName: 'ws1',
      topResourceId: workspace,
    });
  });

  it.each([
    [`${workspace}/computes/c1`, `${ml}/workspaces/computes`, 'c1'],
    [
      `${workspace}/providers/Microsoft.Authorization/roleAssignments/a1`,
      'Microsoft.Authorization/roleAssignments',
      'a1',
    ],
  ])('knows that %s is part of the workspace', (id, resourceType, resourceName) => {
    expect(parseScope(id)).toMatchObject({ resourceType, resourceName, topResourceId: workspace });
  });

  it('reads resources outside a resource group', () => {
    expect(parseScope('/subscriptions/s1/providers/Microsoft.X/things/t1')).toMatchObject({
      level: 'resource',
      subscriptionId: 's1',
      resourceType: 'Microsoft.X/things',
    });
    expect(parseScope('/providers/Microsoft.X/things/t1')).toMatchObject({ level: 'resource' });
  });

  it.each([
    '',
    'subscriptions/s1',
    '/subscriptions',
    '/subscriptions/s1/resourceGroups',
    `${resourceGroup}/providers`,
    `${resourceGroup}/providers/${ml}`,
    `${resourceGroup}/providers/${ml}/workspaces`,
    `${resourceGroup}/workspaces/ws1`,
    `${resourceGroup}/providers/${ml}/providers/${ml}/workspaces/ws1`,
    `${resourceGroup}/../rg2`,
    `${resourceGroup}//`,
  ])('refuses %j', (text) => {
    expect(() => parseScope(text)).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
  });

  it('does not take for a management group what is none', () => {
    for (const id of [
      '/providers/Microsoft.Management/things/t1',
      '/providers/Microsoft.X/managementGroups/t1',
      '/x/Microsoft.Management/managementGroups/t1',
    ]) {
      const isResource = id.startsWith('/providers');
      if (isResource) expect(parseScope(id)).toMatchObject({ level: 'resource', resourceName: 't1' });
      else expect(() => parseScope(id)).toThrow(/is not the id/);
    }
    expect(() => parseScope('/providers/Microsoft.Management/managementGroups')).toThrow(/is not the id/);
  });

  it('reads over blanks around', () => {
    expect(parseScope(' / ').level).toBe('root');
    expect(parseScope(` ${resourceGroup} `).id).toBe(resourceGroup);
  });

  it('says what it was given, as far as that is short, and what to give', () => {
    const refused = (scope: unknown) => {
      try {
        parseScope(scope as string);
        return undefined;
      } catch (error) {
        return error as { readonly message: string; readonly remedy: string };
      }
    };
    expect(refused('ml')!.message).toMatch(/^The scope "ml" is not the id of a resource/);
    expect(refused('ml')!.remedy).toContain('/subscriptions/');
    expect(refused(7)!.message).toContain('The scope number is not');
    expect(refused('x'.repeat(300))!.message).toContain(`"${'x'.repeat(200)}" is`);
  });

  it('reads any text or refuses it with an error of its own', () => {
    const piece = fc.constantFrom('/', 'subscriptions', 'resourceGroups', 'providers', 'x', '..', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          const { id } = parseScope(pieces.join(''));
          expect(parseScope(id).id).toBe(id);
        } catch (error) {
          expect(error).toMatchObject({ code: 'AML_CONFIG_INVALID' });
        }
      }),
    );
  });
});
