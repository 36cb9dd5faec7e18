import {
  builtInRoles,
  can,
  delegationCondition,
  escalationGraph,
  escalationPaths,
  printCondition,
  type AccessSnapshot,
  type EscalationEnvironment,
} from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assign, deny, resourceGroup, role, snapshot, workspace, writeJob } from '../fixtures/snapshot.js';

const builtIn = (roleName: string) => builtInRoles.find((known) => known.roleName === roleName)!;
const owner = builtIn('Owner');
const scientist = builtIn('AzureML Data Scientist');
const compute = `${workspace}/computes/cluster`;
const identityId = `${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi`;
const account = `${resourceGroup}/providers/Microsoft.Storage/storageAccounts/store`;
const environment: EscalationEnvironment = {
  workspaces: [workspace],
  identities: [{ principalId: 'MI', usedBy: [compute], resourceId: identityId }],
  storageAccounts: [account],
};
const reached = (state: AccessSnapshot, around = environment, principalId = 'USER') =>
  escalationPaths(escalationGraph(state, around), principalId).map(
    ({ to, edges, isCertain }) =>
      `${edges.map(({ step }) => step).join('>')} ${to.kind} ${to.id}${isCertain ? '' : ' perhaps'}`,
  );
const state = (...given: Parameters<typeof assign>[]) =>
  snapshot(
    builtInRoles,
    given.map((args) => assign(...args)),
  );

describe('escalationGraph', () => {
  it('finds nothing for a reader, and nothing without resources for one who runs jobs', () => {
    expect(reached(state([builtIn('Reader')]))).toEqual([]);
    expect(reached(state([scientist]), {})).toEqual([]);
  });

  it('lets who runs jobs become the identity of the compute, and get storage keys of the workspace', () => {
    expect(reached(state([scientist]))).toEqual(['runJob principal mi', `listKeys keys ${workspace}`]);
  });

  it('follows the identity to what it may do itself', () => {
    const held = state([scientist], [owner, { principalId: 'mi', scope: resourceGroup }]);
    expect(reached(held)).toEqual([
      'runJob principal mi',
      `listKeys keys ${workspace}`,
      `runJob>assignRoles control ${resourceGroup}`,
      `runJob>listKeys keys ${account}`,
    ]);
  });

  it.each([
    ['jobs/write', 'runJob principal mi'],
    ['experiments/runs/submit/action', 'runJob principal mi'],
    ['schedules/write', 'runJob principal mi'],
    ['computes/applicationaccess/action', 'runJob principal mi'],
    ['listKeys/action', `listKeys keys ${workspace}`],
    ['listStorageAccountKeys/action', `listKeys keys ${workspace}`],
  ])('knows what %s leads to', (operation, path) => {
    const one = role('One', { actions: [`Microsoft.MachineLearningServices/workspaces/${operation}`] });
    expect(reached(snapshot([one], [assign(one)]))).toEqual([path]);
  });

  it('knows the keys of storage accounts, and no way by an identity that nothing runs as', () => {
    const one = role('One', { actions: ['Microsoft.Storage/storageAccounts/listKeys/action', writeJob] });
    const around = {
      storageAccounts: [account],
      identities: [{ principalId: 'mi', usedBy: [`${resourceGroup}/providers/Microsoft.Web/sites/s`] }],
    };
    expect(reached(snapshot([one], [assign(one, { scope: resourceGroup })]), around)).toEqual([
      `listKeys keys ${account}`,
    ]);
  });

  it('says of each step what it needs', () => {
    const admin = role('Admin', { actions: ['Microsoft.Authorization/roleAssignments/write'] });
    const action = 'Microsoft.Storage/storageAccounts/listKeys/action';
    const needs = [{ action: 'Microsoft.Authorization/roleAssignments/write', scope: resourceGroup }];
    const control = { kind: 'control', id: resourceGroup };
    const given = assign(admin, { principalId: 'USER', scope: resourceGroup });
    expect(escalationGraph(snapshot([admin], [given]), { storageAccounts: [account] }).edges).toEqual([
      { from: { kind: 'principal', id: 'user' }, to: control, step: 'assignRoles', needs, isCertain: true },
      {
        from: control,
        to: { kind: 'keys', id: account },
        step: 'listKeys',
        needs: [{ action, scope: account }],
        isCertain: true,
      },
    ]);
  });

  it('counts classic administrators among those who assign roles', () => {
    const scope = '/subscriptions/s1';
    const classicAdministrators = [{ principalId: 'user', role: 'CoAdministrator', scope }];
    expect(reached(snapshot([], [], { classicAdministrators }), {})).toEqual([
      `assignRoles control ${scope}`,
    ]);
  });

  it('lets a delegate add to what it has already', () => {
    const condition = printCondition(
      delegationCondition({ roles: [builtIn('Managed Identity Operator').id] }),
    );
    const admin = builtIn('Role Based Access Control Administrator');
    const around = {
      workspaces: [workspace],
      identities: [{ principalId: 'mi', usedBy: [], resourceId: identityId }],
    };
    const delegate: Parameters<typeof assign> = [admin, { scope: resourceGroup, condition }];
    const held = state(delegate, [builtIn('AzureML Compute Operator')]);
    expect(reached(state(delegate), around)).toEqual([]);
    expect(reached(held, around)).toEqual(['assignRoles principal mi']);
    expect(escalationGraph(held, around).edges[0]).toMatchObject({
      role: { roleName: 'Managed Identity Operator' },
      needs: [
        { action: 'Microsoft.Authorization/roleAssignments/write', scope: resourceGroup },
        { action: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', scope: identityId },
        { action: 'Microsoft.MachineLearningServices/workspaces/computes/write', scope: workspace },
      ],
    });
  });

  it('gives a delegate no role that may not be assigned there', () => {
    const own = role('Own', { actions: ['Microsoft.Authorization/*'] });
    const admin = builtIn('Role Based Access Control Administrator');
    const condition = printCondition(delegationCondition({ roles: [own.id] }));
    const paths = (assignableScopes: readonly string[]) =>
      reached(snapshot([{ ...own, assignableScopes }, admin], [assign(admin, { condition })]), {});
    expect(paths(['/subscriptions/s2'])).toEqual([]);
    expect(paths(['/subscriptions/s2', resourceGroup])).toEqual([`assignRoles control ${workspace}`]);
  });

  it('needs both to assign an identity and to make a compute', () => {
    const operator = builtIn('Managed Identity Operator');
    const computes = builtIn('AzureML Compute Operator');
    const around = {
      workspaces: [workspace],
      identities: [{ principalId: 'mi', usedBy: [], resourceId: identityId }],
    };
    expect(reached(state([operator, { scope: identityId }]), around)).toEqual([]);
    expect(reached(state([computes]), around)).toEqual([]);
    expect(reached(state([operator, { scope: identityId }], [computes]), around)).toEqual([
      'assignIdentity principal mi',
    ]);
  });

  it('lets who deploys to an endpoint become its identity', () => {
    const usedBy = [`${workspace}/onlineEndpoints/e`];
    const around = { identities: [{ principalId: 'mi', usedBy }] };
    const deployer = role('Deployer', {
      actions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/write'],
    });
    expect(reached(snapshot([deployer], [assign(deployer)]), around)).toEqual(['deployModel principal mi']);
    expect(reached(snapshot([deployer], [assign(deployer)]))).toEqual([]);
  });

  it('lets who assigns roles have everything below, and not what lies beside', () => {
    const admin = builtIn('Role Based Access Control Administrator');
    expect(reached(state([admin]))).toEqual([
      `assignRoles control ${workspace}`,
      'assignRoles>runJob principal mi',
      `assignRoles>listKeys keys ${workspace}`,
    ]);
  });

  it('limits a delegate to what the roles of its condition give', () => {
    const admin = builtIn('Role Based Access Control Administrator');
    const limitedTo = (roleName: string) => ({
      principalType: 'User' as const,
      condition: printCondition(
        delegationCondition({ roles: [builtIn(roleName).id], principalTypes: ['User'] }),
      ),
    });
    expect(reached(state([admin, limitedTo('Reader')]))).toEqual([]);
    expect(reached(state([admin, limitedTo('AzureML Data Scientist')]))).toEqual([
      'assignRoles principal mi',
      `assignRoles keys ${workspace}`,
    ]);
    expect(reached(state([admin, limitedTo('Owner')]))).toContain(`assignRoles control ${workspace}`);
    expect(reached(state([admin, { ...limitedTo('Owner'), principalType: undefined }]))).toContain(
      `assignRoles control ${workspace} perhaps`,
    );
    expect(reached(state([admin, { ...limitedTo('Owner'), principalType: 'Group' }]))).toEqual([]);
  });

  it('lets who may write a custom role widen the one it holds, if at all of its scopes', () => {
    const actions = ['Microsoft.Authorization/roleDefinitions/write'];
    const own = { ...role('Own', { actions }), assignableScopes: [workspace] };
    const wide = { ...own, assignableScopes: [workspace, '/subscriptions/s2'] };
    expect(reached(snapshot([own], [assign(own)]), {})).toEqual([`editRole control ${workspace}`]);
    expect(reached(snapshot([wide], [assign(wide)]), {})).toEqual([]);
    const nowhere = { ...own, assignableScopes: [] };
    expect(reached(snapshot([nowhere], [assign(nowhere)]), {})).toEqual([]);
    const fixed = { ...own, roleType: 'BuiltInRole' as const };
    expect(reached(snapshot([fixed], [assign(fixed)]), {})).toEqual([]);
  });

  it('does not count what is denied, and is not sure of what hangs on a condition', () => {
    const denied = { ...state([scientist]), denyAssignments: [deny()] };
    expect(reached(denied)).toEqual([]);
    const writer = role('Writer', { actions: [writeJob] });
    const open = assign(writer, { condition: "@Resource[tags:stage] StringEquals 'dev'" });
    expect(reached(snapshot([writer], [open]))).toEqual(['runJob principal mi perhaps']);
  });

  it('ends where identities lead to each other', () => {
    const other = { principalId: 'mi2', usedBy: [`${workspace}/computes/other`] };
    const around = { identities: [...environment.identities!, other] };
    const held = state([scientist, { principalId: 'mi' }], [scientist, { principalId: 'mi2' }]);
    expect(reached(held, around, 'mi')).toEqual(['runJob principal mi2']);
  });

  it('never loses a way by one more assignment, and proves each step', () => {
    const assignment = fc
      .tuple(
        fc.constantFrom(...builtInRoles.slice(0, 8), builtIn('Managed Identity Operator')),
        fc.constantFrom('user', 'mi', 'team'),
        fc.constantFrom(workspace, resourceGroup, identityId),
        fc.constantFrom(undefined, "@Resource[tags:stage] StringEquals 'dev'"),
      )
      .map(([of, principalId, scope, condition]) => assign(of, { principalId, scope, condition }));
    let steps = 0;
    fc.assert(
      fc.property(fc.array(assignment, { maxLength: 3 }), assignment, (held, more) => {
        const before = snapshot(builtInRoles, held, { memberOf: { user: ['team'] } });
        const after = { ...before, roleAssignments: [...held, more] };
        const targets = (at: AccessSnapshot) =>
          escalationPaths(escalationGraph(at, environment), 'user')
            .filter(({ isCertain }) => isCertain)
            .map(({ to }) => `${to.kind} ${to.id}`);
        expect(targets(after)).toEqual(expect.arrayContaining(targets(before)));
        for (const { from, needs, role: first, isCertain } of escalationGraph(after, environment).edges) {
          if (from.kind !== 'principal' || !isCertain || first !== undefined) continue;
          steps += 1;
          for (const need of needs) expect(can(after, { principalId: from.id, ...need })).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
    expect(steps).toBeGreaterThan(100);
  });
});
