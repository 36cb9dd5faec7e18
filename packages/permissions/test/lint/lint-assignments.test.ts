import { builtInRoles, lintAssignments, type RoleAssignment } from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import { assign, resourceGroup, role, snapshot, workspace } from '../fixtures/snapshot.js';

const reader = role('Reads', { actions: ['*/read'] });
const all = role('All', { actions: ['*'] });
const give = (of: typeof reader, part: Partial<RoleAssignment> = {}) =>
  assign(of, { principalType: 'User', id: of.roleName, ...part });
const found = (assignments: readonly RoleAssignment[], roles = [reader, all]) =>
  lintAssignments(snapshot(roles, assignments)).map(({ subject, code }) => [subject, code]);

describe('lintAssignments', () => {
  it('has nothing to say about a plain assignment', () => {
    expect(found([give(reader)])).toEqual([]);
  });

  it('finds what another assignment of the principal grants already', () => {
    expect(found([give(reader), give(all)])).toEqual([['Reads', 'redundant-assignment']]);
    expect(found([give(reader), give(all, { scope: resourceGroup })])).toEqual([
      ['Reads', 'redundant-assignment'],
    ]);
    expect(found([give(reader), give(reader, { id: 'above', scope: resourceGroup })])).toEqual([
      ['Reads', 'redundant-assignment'],
    ]);
  });

  it('finds nothing redundant below, for another principal, or under a condition', () => {
    expect(found([give(reader, { scope: resourceGroup }), give(all)])).toEqual([]);
    expect(found([give(reader), give(all, { principalId: 'other' })])).toEqual([]);
    expect(found([give(reader), give(all, { condition: "ActionMatches{'*/read'}" })])).toEqual([]);
  });

  it('names one of two roles of equal power, not both', () => {
    const twin = role('Twin', { actions: ['*/read'] });
    expect(found([give(reader), give(twin)], [reader, twin])).toEqual([['Twin', 'redundant-assignment']]);
  });

  it('finds a duplicate, with or without a condition', () => {
    const again = give(reader, { id: 'again', condition: "ActionMatches{'*'}", scope: `${workspace}/` });
    expect(found([give(reader), again])).toEqual([['again', 'duplicate-assignment']]);
  });

  it('finds what Azure refuses or cannot resolve', () => {
    expect(found([give(reader, { scope: '/subscriptions/s2' })])).toEqual([['Reads', 'not-assignable']]);
    expect(found([give(reader, { condition: 'nonsense' })])).toEqual([['Reads', 'bad-condition']]);
    expect(found([give(reader)], [])).toEqual([['Reads', 'role-missing']]);
    expect(found([give(reader, { principalType: undefined })])).toEqual([['Reads', 'no-principal-type']]);
    const data = { ...role('Data', { dataActions: ['B/read'] }), assignableScopes: ['/'] };
    const scope = '/providers/Microsoft.Management/managementGroups/m';
    expect(found([give(data, { scope })], [data])).toEqual([['Data', 'data-actions-at-management-group']]);
  });

  it('finds power over access at a wide scope, unless a condition limits it', () => {
    const owner = builtInRoles.find(({ roleName }) => roleName === 'Owner')!;
    const scope = '/subscriptions/s1';
    expect(found([give(owner, { scope })], [owner])).toEqual([['Owner', 'broad-assignment']]);
    expect(found([give(owner, { scope, condition: "ActionMatches{'*'}" })], [owner])).toEqual([]);
    expect(found([give(owner)], [owner])).toEqual([]);
  });

  it('counts one assignable scope of several, and data actions in one entry of several', () => {
    const management = '/providers/Microsoft.Management/managementGroups/m';
    const wide = { ...reader, assignableScopes: ['/subscriptions/s2', '/subscriptions/s1'] };
    expect(found([give(wide)], [wide])).toEqual([]);
    const mixed = {
      ...role('Mixed', { actions: ['B/read'] }, { dataActions: ['B/read'] }),
      assignableScopes: ['/'],
    };
    expect(found([give(mixed, { scope: management })], [mixed])).toEqual([
      ['Mixed', 'data-actions-at-management-group'],
    ]);
  });

  it('finds data actions at a management group only, and in custom roles only', () => {
    const management = '/providers/Microsoft.Management/managementGroups/m';
    const data = { ...role('Data', { dataActions: ['B/read'] }), assignableScopes: ['/'] };
    for (const scope of ['/', '/subscriptions/s1', `${management}/providers/A.B/c/d`, workspace]) {
      expect(found([give(data, { scope })], [data])).toEqual([]);
    }
    const builtIn = { ...data, roleType: 'BuiltInRole' as const };
    expect(found([give(builtIn, { scope: management })], [builtIn])).toEqual([]);
    const control = { ...reader, assignableScopes: ['/'] };
    expect(found([give(control, { scope: management })], [control])).toEqual([]);
  });

  it('says in a sentence what it is about', () => {
    const owner = builtInRoles.find(({ roleName }) => roleName === 'Owner')!;
    const data = { ...role('Data', { dataActions: ['B/read'] }), assignableScopes: ['/'] };
    const scope = '/providers/Microsoft.Management/managementGroups/m';
    const messages = [
      ...lintAssignments(
        snapshot(
          [reader, all, data],
          [
            give(reader, { scope: '/subscriptions/s2', principalType: undefined }),
            give(reader, { id: 'again', scope: '/subscriptions/s2' }),
            give(reader, { id: 'narrow' }),
            give(all),
            give(data, { scope }),
            give(role('Missing'), { principalId: 'p' }),
          ],
        ),
      ),
      ...lintAssignments(snapshot([owner], [give(owner, { scope: '/subscriptions/s1' })])),
    ].map(({ code, message }) => `${code}: ${message}`);
    expect(messages).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^no-principal-type: Without principalType, Azure/),
        'not-assignable: "Reads" cannot be assigned at this scope.',
        'duplicate-assignment: It has principal, role and scope of Reads, which Azure refuses.',
        `redundant-assignment: "All" at ${workspace} grants all of it.`,
        expect.stringMatching(/^data-actions-at-management-group: A custom role/),
        expect.stringMatching(/^role-missing: The definition/),
        expect.stringMatching(/^broad-assignment: "Owner" leads to every permission/),
      ]),
    );
  });
});
