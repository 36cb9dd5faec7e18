import {
  azureMlOperations,
  builtInRoles,
  findExcess,
  leastPrivilege,
  scenarios,
  type RoleDefinition,
  type ScenarioName,
} from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { entry, role, writeJob } from '../fixtures/snapshot.js';

const ML = 'Microsoft.MachineLearningServices';
const names = (roles: readonly RoleDefinition[] | undefined) => roles?.map(({ roleName }) => roleName);
const best = (...args: Parameters<typeof leastPrivilege>) => names(leastPrivilege(...args).best?.roles);

describe('leastPrivilege', () => {
  it('finds the role that gives the least away', () => {
    const { best: cover, single } = leastPrivilege({ actions: [writeJob, `${ML}/workspaces/jobs/read`] });
    expect(names(cover?.roles)).toEqual(['AzureML Data Scientist']);
    expect(single.map(({ roles }) => roles[0]!.roleName)).toEqual([
      'AzureML Data Scientist',
      'Azure AI Developer',
      'Azure AI Administrator',
      'Contributor',
      'Owner',
    ]);
    const [scientist] = leastPrivilege(
      { actions: [writeJob] },
      { roles: builtInRoles.filter(({ roleName }) => roleName === 'AzureML Data Scientist') },
    ).single;
    expect(scientist!.cost.privileged).toBe(0);
  });

  it('takes two narrow roles before a wide one, over both planes', () => {
    const blob = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
    expect(best({ actions: [`${ML}/workspaces/labeling/labels/write`], dataActions: [blob] })).toEqual([
      'Data Labeling - Labeler',
      'Storage Blob Data Reader',
    ]);
  });

  it('ranks power over access before everything, and secrets and code before the number of operations', () => {
    const narrow = role('Narrow', { actions: ['P/read', 'Microsoft.Authorization/roleAssignments/write'] });
    const wide = role('Wide', { actions: ['P/*', 'Q/a', 'Q/b', 'Q/c'] });
    const keys = role('Keys', { actions: ['P/read', `${ML}/workspaces/listKeys/action`] });
    expect(best({ actions: ['P/read'] }, { roles: [narrow, keys, wide] })).toEqual(['Wide']);
    expect(best({ actions: ['P/read'] }, { roles: [narrow, keys] })).toEqual(['Keys']);
  });

  it('does not count on what is granted under a condition, and counts it as given away', () => {
    const open = role('Open', { actions: ['P/read'], condition: 'x' });
    expect(leastPrivilege({ actions: ['P/read'] }, { roles: [open] })).toMatchObject({
      best: undefined,
      ungranted: ['P/read'],
    });
    const plain = role('Plain', { actions: ['P/read'] });
    const more = role('More', { actions: ['P/read'] }, { actions: ['Q/*'], condition: 'x' });
    expect(best({ actions: ['P/read'] }, { roles: [more, plain] })).toEqual(['Plain']);
  });

  it('counts what a role gives away, each operation once in its plane, in any case', () => {
    const keys = `${ML}/workspaces/listKeys/action`;
    const wide = role('Wide', {
      actions: ['p/READ', 'Q/*', 'q/*', keys],
      dataActions: ['P/read', keys],
      condition: undefined,
    });
    const [found] = leastPrivilege({ actions: ['P/read'] }, { roles: [wide] }).single;
    expect(found!.cost).toEqual({ privileged: 0, risky: 1, excess: 4, roles: 1 });
  });

  it.each([
    ['Microsoft.Authorization/roleAssignments/write', undefined, 1],
    ['Microsoft.Authorization/roleDefinitions/write', undefined, 1],
    ['Microsoft.Authorization/elevateAccess/Action', undefined, 1],
    ['Microsoft.Authorization/roleAssignments/write', 'x', 1],
    ['Microsoft.Authorization/roleAssignments/read', undefined, 0],
  ])(
    'tells by %s (condition %s) whether a role leads to every permission',
    (action, condition, privileged) => {
      const given = role('Given', { actions: ['P/read'] }, { actions: [action], condition });
      expect(leastPrivilege({ actions: ['P/read'] }, { roles: [given] }).best?.cost.privileged).toBe(
        privileged,
      );
    },
  );

  it('gives the custom role its name and scopes', () => {
    const made = (options: object) =>
      leastPrivilege({ actions: [' P/a ', 'P/a'], dataActions: ['P/d'] }, { roles: [], ...options })
        .customRole;
    const permissions = [entry({ actions: ['P/a'], dataActions: ['P/d'] })];
    const common = { roleType: 'CustomRole', permissions };
    expect(made({})).toEqual({ ...common, roleName: 'Least privilege', assignableScopes: [] });
    expect(made({ roleName: 'Mine', assignableScopes: ['/subscriptions/s1'] })).toEqual({
      ...common,
      roleName: 'Mine',
      assignableScopes: ['/subscriptions/s1'],
    });
  });

  it('says what no role grants', () => {
    const {
      best: cover,
      ungranted,
      single,
    } = leastPrivilege(
      { actions: ['Contoso/a/*', 'Contoso/b'] },
      { roles: [role('B', { actions: ['Contoso/b'] })] },
    );
    expect({ cover, ungranted, single }).toEqual({
      cover: undefined,
      ungranted: ['Contoso/a/~any~'],
      single: [],
    });
  });

  it('finds the cheapest of all sets of roles', () => {
    const operations = [
      'P/a',
      'P/b',
      'P/c',
      `${ML}/workspaces/listKeys/action`,
      'Microsoft.Authorization/roleAssignments/write',
    ];
    const roles = fc.array(fc.subarray(operations, { minLength: 1 }), { minLength: 1, maxLength: 6 });
    const needs = fc.subarray(operations, { minLength: 1, maxLength: 3 });
    let found = 0;
    fc.assert(
      fc.property(roles, needs, (lists, need) => {
        const candidates = lists.map((actions, index) => role(String(index), { actions }));
        const subsets = Array.from({ length: 2 ** lists.length }, (_, bits) =>
          lists.filter((_list, index) => (bits & (2 ** index)) !== 0),
        );
        const costs = subsets
          .filter((chosen) => need.every((one) => chosen.flat().includes(one)))
          .map((chosen) => {
            const excess = [...new Set(chosen.flat())].filter((one) => !need.includes(one));
            return [
              chosen.filter((list) => list.includes(operations[4]!)).length,
              excess.filter((one) => one === operations[3]).length,
              excess.length,
              chosen.length,
            ];
          })
          .toSorted(
            (a, b) => a.map((one, index) => one - b[index]!).find((difference) => difference !== 0) ?? 0,
          );
        const cover = leastPrivilege({ actions: need }, { roles: candidates }).best;
        const cost = cover && [cover.cost.privileged, cover.cost.risky, cover.cost.excess, cover.cost.roles];
        expect(cost).toEqual(costs[0]);
        if (cover === undefined) return;
        found += 1;
        const left = (without: number) =>
          cover.roles
            .filter((_, index) => index !== without)
            .flatMap(({ permissions }) => permissions[0]!.actions);
        expect(need.every((one) => left(-1).includes(one))).toBe(true);
        for (const index of cover.roles.keys())
          expect(need.every((one) => left(index).includes(one))).toBe(false);
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('makes a custom role with exactly what was asked for', () => {
    const pattern = fc.constantFrom('P/*', 'P/a/*', 'P/a/read', '*/read', 'P/*/read', 'p/A/READ', 'Q/x');
    const list = fc.array(pattern, { maxLength: 4 });
    fc.assert(
      fc.property(list, fc.array(pattern, { minLength: 1, maxLength: 4 }), (actions, dataActions) => {
        const asked = [entry({ actions, dataActions })];
        const { customRole } = leastPrivilege({ actions, dataActions }, { roles: [] });
        expect(findExcess(customRole.permissions, asked)).toBeUndefined();
        expect(findExcess(asked, customRole.permissions)).toBeUndefined();
        const [made] = customRole.permissions;
        for (const one of made!.actions) {
          const rest = [entry({ actions: made!.actions.filter((other) => other !== one) })];
          expect(findExcess([entry({ actions: [one] })], rest)).toBeDefined();
        }
      }),
    );
  });

  it('writes out a pattern with several wildcards, which Azure refuses', () => {
    const { customRole } = leastPrivilege({ actions: [`${ML}/*/onlineEndpoints/*/write`] });
    expect(customRole.permissions[0]!.actions).toEqual([
      `${ML}/workspaces/onlineEndpoints/write`,
      `${ML}/workspaces/onlineEndpoints/deployments/write`,
    ]);
  });

  it.each([
    ['submitJob', ['AzureML Data Scientist']],
    ['createCompute', ['AzureML Compute Operator']],
    ['assignIdentityToCompute', ['Managed Identity Operator']],
    ['readEndpointKeys', ['AzureML Data Scientist']],
    ['useCustomSubnet', ['Network Contributor']],
    ['createCustomRole', ['User Access Administrator']],
  ] as const)('%s: %j', (name, roles) => {
    const found = leastPrivilege(name);
    expect(names(found.best?.roles)).toEqual(roles);
    expect(found.scenario).toBe(scenarios[name]);
    expect(found.customRole.roleName).toBe(scenarios[name].activity);
  });

  it.each(Object.keys(scenarios) as ScenarioName[])('can be asked for %s', (name) => {
    expect(leastPrivilege(name).best).toBeDefined();
    expect(
      findExcess(leastPrivilege(name).customRole.permissions, [entry({ actions: scenarios[name].actions })]),
    ).toBe(undefined);
  });

  it('refuses a scenario that it does not know, and an empty need', () => {
    expect(() => leastPrivilege('toString' as ScenarioName)).toThrow(/no scenario "toString"/);
    expect(() => leastPrivilege({})).toThrow(
      expect.objectContaining({
        code: 'AML_CONFIG_INVALID',
        message: 'The least privilege cannot be found. No operation is asked for.',
        remedy: expect.stringContaining(
          'Give operations such as Microsoft.MachineLearningServices/workspaces/read, or a scenario: ',
        ) as string,
      }),
    );
  });

  it('asks in scenarios for published operations, but for one that Microsoft names and does not publish', () => {
    const missing = Object.values(scenarios)
      .flatMap(({ actions }) => [...actions])
      .filter((action) => action.startsWith(ML))
      .filter(
        (action) =>
          findExcess(
            [entry({ actions: azureMlOperations.map(({ name }) => name) })],
            [entry({ actions: azureMlOperations.map(({ name }) => name), notActions: [action] })],
          ) === undefined,
      );
    expect(new Set(missing)).toEqual(new Set([`${ML}/workspaces/metadata/codes/*/write`]));
  });
});
