import {
  builtInRoles,
  decide,
  whatWouldAllow,
  type AccessRequest,
  type AccessSnapshot,
  type WhatWouldAllowOptions,
} from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import {
  assign,
  deny,
  readWorkspace,
  resourceGroup,
  role,
  snapshot,
  workspace,
  writeJob,
} from '../fixtures/snapshot.js';

const request: AccessRequest = { principalId: 'user', action: writeJob, scope: workspace };
const nobody = snapshot(builtInRoles, []);
const names = (state: AccessSnapshot, part: Partial<AccessRequest> = {}, options?: WhatWouldAllowOptions) =>
  whatWouldAllow(state, { ...request, ...part }, options).map((proposal) => proposal.role.roleName);

describe('whatWouldAllow', () => {
  it('orders the roles that write jobs from the narrowest', () => {
    expect(names(nobody)).toEqual([
      'AzureML Data Scientist',
      'Azure AI Developer',
      'Azure AI Administrator',
      'Contributor',
      'Owner',
    ]);
  });

  it('puts reading before everything else, and power over access last', () => {
    const readers = names(nobody, { action: readWorkspace });
    expect(readers[0]).toBe('Reader');
    expect(readers.slice(-3)).toEqual([
      'User Access Administrator',
      'Role Based Access Control Administrator',
      'Owner',
    ]);
  });

  it('puts fewer patterns first among equals, and counts power over access under a condition too', () => {
    const delegate = { actions: ['Microsoft.Authorization/roleAssignments/write'], condition: 'x' };
    const custom = [
      role('Delegates', { actions: [writeJob] }, delegate),
      role('Deletes', { actions: [writeJob, writeJob.replace('write', 'delete')] }),
      role('Two', { actions: [writeJob, writeJob.replace('jobs', 'data')] }),
      role('One', { actions: [writeJob] }),
    ];
    expect(names(snapshot(custom, []))).toEqual(['One', 'Two', 'Deletes', 'Delegates']);
  });

  it('proposes roles with data actions for a data operation', () => {
    const action = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
    expect(names(nobody, { action, isDataAction: true })).toEqual([
      'Storage Blob Data Reader',
      'Storage Blob Data Contributor',
      'Storage Blob Data Owner',
    ]);
  });

  it('gives the facts of the assignment, with which the request is allowed', () => {
    const state = snapshot(builtInRoles, [
      assign(builtInRoles[2]!, { principalId: 'USER', principalType: 'ServicePrincipal' }),
    ]);
    const [first] = whatWouldAllow(state, request);
    expect(first).toMatchObject({
      scope: workspace,
      principalId: 'user',
      principalType: 'ServicePrincipal',
      changesAccess: false,
      grant: { pattern: 'Microsoft.MachineLearningServices/workspaces/*/write' },
    });
    const roleAssignments = [...state.roleAssignments, assign(first!.role, { scope: first!.scope })];
    expect(decide({ ...state, roleAssignments }, request).verdict).toBe('allowed');
  });

  it.each([
    ['a compute', `${workspace}/computes/c1`],
    ['a role assignment', `${workspace}/providers/Microsoft.Authorization/roleAssignments/a1`],
  ])('assigns at the workspace that %s is part of', (_what, scope) => {
    expect(whatWouldAllow(nobody, { ...request, scope })[0]?.scope).toBe(workspace);
  });

  it('assigns at the subscription that a role assignment is attached to', () => {
    const scope = '/subscriptions/s1/providers/Microsoft.Authorization/roleAssignments/a1';
    expect(whatWouldAllow(nobody, { ...request, scope })[0]?.scope).toBe('/subscriptions/s1');
  });

  it('assigns where it is told to, if that reaches the request', () => {
    expect(whatWouldAllow(nobody, request, { scope: resourceGroup })[0]?.scope).toBe(resourceGroup);
    expect(names(nobody, {}, { scope: `${resourceGroup}0` })).toEqual([]);
    expect(() => names(nobody, {}, { scope: 'workspace' })).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });

  it('leaves out roles that may not be assigned there', () => {
    const here = role('Here', { actions: [writeJob] });
    const elsewhere = {
      ...role('Elsewhere', { actions: [writeJob] }),
      assignableScopes: ['/subscriptions/s2'],
    };
    expect(names(snapshot([here, elsewhere], []))).toEqual(['Here']);
    const group = '/providers/Microsoft.Management/managementGroups/m';
    const data = { ...role('Data', { actions: [writeJob], dataActions: ['*'] }), assignableScopes: [group] };
    const control = { ...role('Control', { actions: [writeJob] }), assignableScopes: [group] };
    const state = snapshot([data, control], [], { parents: { '/subscriptions/s1': group } });
    expect(names(state, {}, { scope: group })).toEqual(['Control']);
    expect(names(state)).toEqual(['Control', 'Data']);
  });

  it('leaves out roles that grant it under a condition only', () => {
    expect(names(snapshot([role('If', { actions: [writeJob], condition: 'x' })], []))).toEqual([]);
  });

  it('leaves out a role that is assigned there already, under a condition', () => {
    const writes = role('Writes', { actions: [writeJob] });
    const conditional = assign(writes, { scope: workspace.toUpperCase(), condition: 'x' });
    expect(names(snapshot([writes], [conditional]))).toEqual([]);
    expect(names(snapshot([writes], [{ ...conditional, principalId: 'other' }]))).toEqual(['Writes']);
  });

  it.each([
    ['above', resourceGroup],
    ['below', `${workspace}/computes/c1`],
  ])('proposes a role that is assigned %s only, under a condition', (_, scope) => {
    const writes = role('Writes', { actions: [writeJob] });
    expect(names(snapshot([writes], [assign(writes, { scope, condition: 'x' })]))).toEqual(['Writes']);
  });

  it('proposes a role of which one assignable scope of several is enough', () => {
    const assignableScopes = ['/subscriptions/s2', '/subscriptions/s1'];
    const shared = { ...role('Shared', { actions: [writeJob] }), assignableScopes };
    expect(names(snapshot([shared], []))).toEqual(['Shared']);
  });

  it('takes the type of the principal from whichever assignment has it', () => {
    const given = [assign(builtInRoles[2]!), assign(builtInRoles[2]!, { principalType: 'Group' })];
    expect(whatWouldAllow(snapshot(builtInRoles, given), request)[0]?.principalType).toBe('Group');
  });

  it('has nothing to propose where the request is allowed, or denied', () => {
    const owner = builtInRoles[0]!;
    expect(names(snapshot(builtInRoles, [assign(owner)]))).toEqual([]);
    expect(names(snapshot(builtInRoles, [], { denyAssignments: [deny()] }))).toEqual([]);
  });
});
