import { builtInRoles, decide, whatIf } from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  assign,
  entry,
  readWorkspace,
  resourceGroup,
  role,
  snapshot,
  workspace,
  writeJob,
} from '../fixtures/snapshot.js';

const builtIn = (roleName: string) => builtInRoles.find((known) => known.roleName === roleName)!;
const scientist = builtIn('AzureML Data Scientist');
const reader = builtIn('Reader');

describe('whatIf', () => {
  it('tells what an assignment would add to what is there, and the dangerous part of it', () => {
    const state = snapshot(builtInRoles, [assign(reader, { scope: resourceGroup })]);
    const { access, roles } = whatIf(state, { assign: [assign(scientist)] });
    expect(roles).toEqual([]);
    expect(access).toHaveLength(1);
    const [{ principalId, scope, gained, lost, risks }] = access as [(typeof access)[0]];
    expect({ principalId, scope, lost }).toEqual({ principalId: 'user', scope: workspace, lost: [] });
    const names = gained.map(({ request }) => request.action);
    expect(names).toContain(writeJob);
    expect(names).not.toContain(readWorkspace);
    expect(risks.map(({ name }) => name)).toContain(writeJob);
    expect(risks.map(({ name }) => name)).not.toContain(
      'Microsoft.MachineLearningServices/workspaces/listKeys/action',
    );
  });

  it('is silent about an assignment that changes nothing', () => {
    const state = snapshot(builtInRoles, [assign(builtIn('Owner'), { scope: resourceGroup })]);
    expect(whatIf(state, { assign: [assign(scientist)] }).access).toEqual([]);
  });

  it('tells what the members of a group would lose', () => {
    const given = assign(reader, { principalId: 'team' });
    const state = snapshot(builtInRoles, [given], { memberOf: { user: ['squad'], squad: ['team'] } });
    const { access, after } = whatIf(state, { unassign: [given.id.toUpperCase()] });
    expect(access.map(({ principalId }) => principalId)).toEqual(['team', 'user', 'squad']);
    expect(access.every(({ lost, gained }) => lost.length === 103 && gained.length === 0)).toBe(true);
    expect(after.roleAssignments).toEqual([]);
  });

  it('gives an operation as counter-example where an edit widens a role, or a proof that it does not', () => {
    const old = role('Custom', { actions: ['Contoso/*'], notActions: ['Contoso/keys/*'] });
    const state = snapshot([old], [assign(old)]);
    const edit = (part: Partial<ReturnType<typeof entry>>) =>
      whatIf(state, { roles: [{ ...old, id: old.id.toUpperCase(), permissions: [entry(part)] }] }).roles[0]!;
    expect(edit({ actions: ['Contoso/*'] })).toMatchObject({
      gained: { action: 'contoso/keys/~any~', isDataAction: false },
      lost: undefined,
      becomesPrivileged: false,
    });
    expect(edit({ actions: ['Contoso/a/*'] })).toMatchObject({
      gained: undefined,
      lost: { isDataAction: false },
    });
    expect(edit({ actions: ['*'] }).becomesPrivileged).toBe(true);
  });

  it('follows an edit of a role to those who hold it', () => {
    const old = role('Custom', { actions: [readWorkspace] });
    const state = snapshot([old], [assign(old)]);
    const roles = [{ ...old, permissions: [entry({ actions: [readWorkspace, 'Contoso/a'] })] }];
    const [change] = whatIf(state, { roles }, { actions: [readWorkspace, 'Contoso/a'] }).access;
    expect(change!.gained.map(({ request }) => request.action)).toEqual(['Contoso/a']);
    expect(whatIf(state, { roles }).access).toEqual([]);
  });

  it.each([
    ['secrets', 'Microsoft.MachineLearningServices/workspaces/listKeys/action'],
    ['code and an identity', writeJob],
    ['code alone', 'Microsoft.MachineLearningServices/workspaces/environments/build/action'],
  ])('warns of %s among what is gained, in any case and in its plane', (_, action) => {
    const control = role('Control', { actions: [action.toUpperCase()] });
    const data = role('Data', { dataActions: [action] });
    const options = { actions: [action.toUpperCase()], dataActions: [action] };
    const risksOf = (of: typeof control) =>
      whatIf(snapshot([of], []), { assign: [assign(of)] }, options).access.map(({ gained, risks }) => [
        gained.length,
        risks.map(({ name }) => name),
      ]);
    expect(risksOf(control)).toEqual([[1, [action]]]);
    expect(risksOf(data)).toEqual([[1, []]]);
  });

  it('takes every permission of a new role for gained, and knows who was privileged before', () => {
    const made = role('Made', { actions: ['*'] });
    expect(whatIf(snapshot([], []), { roles: [made] }).roles).toMatchObject([
      { role: made, lost: undefined, becomesPrivileged: true, gained: { isDataAction: false } },
    ]);
    const [again] = whatIf(snapshot([made], []), { roles: [made] }).roles;
    expect(again).toEqual({ role: made, gained: undefined, lost: undefined, becomesPrivileged: false });
  });

  it('goes by the last definition of a role', () => {
    const old = role('Custom', { actions: ['P/a', 'P/b'] });
    const newer = { ...old, permissions: [entry({ actions: ['P/a'] })] };
    const [change] = whatIf(snapshot([old, newer], []), { roles: [newer] }).roles;
    expect(change).toMatchObject({ gained: undefined, lost: undefined });
  });

  it('leaves other assignments alone, and names each holder once', () => {
    const one = role('One', { actions: ['P/a'] });
    const other = role('Other', { actions: ['P/b'] });
    const [held, kept] = [assign(one), assign(other)];
    const state = snapshot([one, other], [held, kept], { memberOf: { USER: ['x'] } });
    const { access, after } = whatIf(
      state,
      {
        unassign: [held.id],
        roles: [{ ...one, permissions: [] }],
        assign: [assign(one, { principalId: 'USER' })],
      },
      { actions: ['P/a', 'P/b'] },
    );
    expect(access).toHaveLength(1);
    expect(access[0]!.lost.map(({ request }) => request.action)).toEqual(['P/a']);
    expect(access[0]!.gained).toEqual([]);
    expect(after.roleAssignments).toHaveLength(2);
    expect(after.roleAssignments[0]).toBe(kept);
  });

  it('changes nothing by an empty edit', () => {
    const state = snapshot([reader], [assign(reader)]);
    expect(whatIf(state, {})).toEqual({ after: state, roles: [], access: [] });
  });

  it('says of each operation what deciding before and after says', () => {
    const roles = [role('A', { actions: ['P/a'] }), role('B', { actions: ['P/*'], notActions: ['P/a'] })];
    const assignment = fc
      .tuple(fc.constantFrom(...roles), fc.constantFrom('u', 'g'), fc.constantFrom('/x', '/x/y'))
      .map(([of, principalId, scope]) => assign(of, { principalId, scope }));
    const list = fc.array(assignment, { maxLength: 3 });
    fc.assert(
      fc.property(list, list, fc.nat(3), (held, more, gone) => {
        const state = snapshot(roles, held, { memberOf: { u: ['g'] } });
        const unassign = held.slice(0, gone).map(({ id }) => id);
        const actions = ['P/a', 'P/b'];
        const { access, after } = whatIf(state, { assign: more, unassign }, { actions });
        const isAllowed = (at: typeof state, request: (typeof access)[0]['gained'][0]['request']) =>
          decide(at, request).verdict === 'allowed';
        for (const { gained, lost } of access) {
          for (const { request } of gained)
            expect([isAllowed(state, request), isAllowed(after, request)]).toEqual([false, true]);
          for (const { request } of lost)
            expect([isAllowed(state, request), isAllowed(after, request)]).toEqual([true, false]);
        }
        for (const principalId of ['u', 'g']) {
          for (const scope of ['/x', '/x/y']) {
            const concerned = [...more, ...held.slice(0, gone)].some(
              (one) =>
                one.scope === scope &&
                [principalId, 'g'].includes(one.principalId) &&
                (principalId === 'u' || one.principalId === 'g'),
            );
            if (!concerned) continue;
            for (const action of actions) {
              const request = { principalId, scope, action };
              const change = access.find((one) => one.principalId === principalId && one.scope === scope);
              const isListed = [...(change?.gained ?? []), ...(change?.lost ?? [])].some(
                (one) => one.request.action === action,
              );
              expect(isListed).toBe(isAllowed(state, request) !== isAllowed(after, request));
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
