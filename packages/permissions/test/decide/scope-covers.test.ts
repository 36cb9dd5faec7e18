import { createScopeCovers, scopeCovers } from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { resourceGroup, workspace } from '../fixtures/snapshot.js';

const managementGroup = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`;
const scope = fc
  .array(fc.constantFrom('a', 'A', 'b', 'ab', 'a.b', 'rg1', 'rg10'), { minLength: 1, maxLength: 5 })
  .map((segments) => `/${segments.join('/')}`);

describe('scopeCovers', () => {
  it.each([
    ['/', workspace],
    ['/subscriptions/s1', workspace],
    [resourceGroup, workspace],
    [workspace, `${workspace}/computes/c1`],
    [workspace, workspace],
    [resourceGroup.toUpperCase(), workspace.toLowerCase()],
    [`${resourceGroup}/`, workspace],
    [workspace, `${workspace}/`],
    ['/', '/'],
  ])('%s covers %s', (ancestor, below) => {
    expect(scopeCovers(ancestor, below)).toBe(true);
  });

  it.each([
    ['/subscriptions/s1/resourceGroups/rg1', '/subscriptions/s1/resourceGroups/rg10'],
    ['/subscriptions/s1/resourceGroups/rg1', '/subscriptions/s1/resourceGroups/rg1.b'],
    ['/subscriptions/s1/resourceGroups/r.1', '/subscriptions/s1/resourceGroups/rg1'],
    [workspace, resourceGroup],
    [resourceGroup, '/'],
    ['', workspace],
    ['//', workspace],
    ['/', ''],
    ['subscriptions/s1', '/subscriptions/s1'],
    [resourceGroup, `${resourceGroup}/../rg2`],
    [resourceGroup, `${resourceGroup}/./x`],
    [resourceGroup, `${resourceGroup}//x`],
    [managementGroup('top'), '/subscriptions/s1'],
  ])('%j does not cover %j', (ancestor, below) => {
    expect(scopeCovers(ancestor, below)).toBe(false);
  });

  it('climbs the tree of management groups, in any case and by bare names too', () => {
    const parents = {
      '/SUBSCRIPTIONS/s1': managementGroup('Team'),
      [managementGroup('team')]: 'top',
    };
    expect(scopeCovers(managementGroup('team'), workspace, { parents })).toBe(true);
    expect(scopeCovers(managementGroup('top'), workspace, { parents })).toBe(true);
    expect(scopeCovers(managementGroup('top'), managementGroup('team'), { parents })).toBe(true);
    expect(scopeCovers(managementGroup('top'), '/subscriptions/s10', { parents })).toBe(false);
    expect(scopeCovers(managementGroup('other'), workspace, { parents })).toBe(false);
  });

  it('comes to an end where management groups contain each other', () => {
    const parents = { '/subscriptions/s1': 'a', [managementGroup('a')]: 'b', [managementGroup('b')]: 'a' };
    expect(scopeCovers(managementGroup('b'), workspace, { parents })).toBe(true);
    expect(scopeCovers(managementGroup('c'), workspace, { parents })).toBe(false);
  });

  it('answers many questions over one tree', () => {
    const covers = createScopeCovers({ '/subscriptions/s1': 'team' });
    expect(covers(managementGroup('team'), workspace)).toBe(true);
    expect(covers(managementGroup('other'), workspace)).toBe(false);
    expect(covers('nonsense', workspace)).toBe(false);
    expect(createScopeCovers(undefined)(managementGroup('team'), workspace)).toBe(false);
  });

  it('agrees with a comparison of segments', () => {
    fc.assert(
      fc.property(scope, scope, (ancestor, below) => {
        const [above, under] = [ancestor, below].map((text) => text.toLowerCase().split('/'));
        expect(scopeCovers(ancestor, below)).toBe(above!.every((part, index) => under![index] === part));
      }),
      { numRuns: 1000 },
    );
  });

  it('covers what is below what it covers', () => {
    fc.assert(
      fc.property(scope, scope, (base, tail) => {
        expect(scopeCovers(base, base + tail)).toBe(true);
        expect(scopeCovers('/', base + tail)).toBe(true);
        expect(scopeCovers(base + tail, base)).toBe(false);
      }),
    );
  });

  it('answers to any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(typeof scopeCovers(a, b, { parents: { [a]: b, [b]: a } })).toBe('boolean');
      }),
    );
  });
});
