import { actionMatches, builtInRoles, decide, parseAccessError, scopeCovers } from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import { assign, entry, role, snapshot, workspace, writeJob } from '../fixtures/snapshot.js';

/** Mistakes that other tools make, each with a question that ours answers and they would answer wrongly. */
const ML = 'Microsoft.MachineLearningServices/workspaces';
const scientist = builtInRoles.find(({ roleName }) => roleName === 'AzureML Data Scientist')!;

describe('a matcher that replaces * by any text', () => {
  const naive = (pattern: string, action: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i').test(action);

  it.each([
    [`${ML}/*/read`, `${ML}/read`],
    [`${ML}/computes/*/write`, `${ML}/computes/write`],
    [
      'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
      'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    ],
    ['Microsoft.KeyVault/vaults/*/read', 'Microsoft.KeyVault/vaults/read'],
  ])('does not see that %s covers %s', (pattern, action) => {
    expect(actionMatches(pattern, action)).toBe(true);
    expect(naive(pattern, action)).toBe(false);
  });

  it('lets a data scientist create compute, and not read the workspace', () => {
    const state = snapshot(builtInRoles, [assign(scientist)]);
    const verdict = (action: string) =>
      decide(state, { principalId: 'user', action, scope: workspace }).verdict;
    expect([verdict(`${ML}/computes/write`), verdict(`${ML}/read`)]).toEqual(['notAllowed', 'allowed']);
    const [{ actions, notActions }] = scientist.permissions as [(typeof scientist.permissions)[0]];
    const wrong = (action: string) =>
      actions.some((one) => naive(one, action)) && !notActions.some((one) => naive(one, action));
    expect([wrong(`${ML}/computes/write`), wrong(`${ML}/read`)]).toEqual([true, false]);
  });
});

describe('permission entries merged into one', () => {
  const entries = [
    entry({ actions: ['P/*'], notActions: ['P/delete'] }),
    entry({ actions: ['P/delete'], condition: 'true BoolEquals false' }),
    entry({ actions: ['Q/*'], notActions: ['P/write'] }),
  ];
  const merged = [
    entry({
      actions: entries.flatMap(({ actions }) => [...actions]),
      notActions: entries.flatMap(({ notActions }) => [...notActions]),
    }),
  ];
  const verdict = (permissions: typeof entries, action: string) => {
    const of = { ...role('R'), permissions };
    return decide(snapshot([of], [assign(of)]), { principalId: 'user', action, scope: workspace }).verdict;
  };

  it('take away from each other what they do not when they are apart', () => {
    expect(verdict(entries, 'P/write')).toBe('allowed');
    expect(verdict(merged, 'P/write')).toBe('notAllowed');
  });

  it('lose the condition of one', () => {
    const open = entries.map((one) => ({
      ...one,
      notActions: [],
      actions: one.actions.filter((a) => a !== 'P/*'),
    }));
    expect(verdict(open, 'P/delete')).toBe('notAllowed');
    const together = [entry({ actions: open.flatMap(({ actions }) => [...actions]) })];
    expect(verdict(together, 'P/delete')).toBe('allowed');
  });
});

describe('scopes compared as beginnings of texts', () => {
  const prefix = (above: string, below: string) => below.toLowerCase().startsWith(above.toLowerCase());
  const group = '/subscriptions/s1/resourceGroups/rg1';

  it.each([`${group}0`, `${group}0/providers/A.B/c/d`, `${group}-copy`])(
    'reach %s from its neighbour',
    (below) => {
      expect(scopeCovers(group, below)).toBe(false);
      expect(prefix(group, below)).toBe(true);
      const of = role('R', { actions: ['*'] });
      const state = snapshot([of], [assign(of, { scope: group })]);
      expect(decide(state, { principalId: 'user', action: 'P/read', scope: below }).verdict).toBe(
        'notAllowed',
      );
    },
  );

  it('do not reach from a management group, whose id is in none below', () => {
    const top = '/providers/Microsoft.Management/managementGroups/m';
    expect(scopeCovers(top, group, { parents: { '/subscriptions/s1': top } })).toBe(true);
    expect(prefix(top, group)).toBe(false);
  });
});

describe('errors told by their text', () => {
  const message = (start: string) =>
    `${start} 'app' with object id 'user' is not permitted to perform action '${writeJob}' over scope '${workspace}'.`;
  const byText = (text: string) => text.includes('does not have authorization to perform action');

  it('are missed when Azure words them anew', () => {
    const reworded = { code: 'AuthorizationFailed', message: message('The caller') };
    expect(parseAccessError(reworded)).toMatchObject({ kind: 'authorizationFailed', action: writeJob });
    expect(byText(reworded.message)).toBe(false);
  });

  it('are seen where there are none', () => {
    const text = `The client 'app' with object id 'user' does not have authorization to perform action '${writeJob}' over scope '${workspace}'`;
    expect(parseAccessError({ code: 'RoleAssignmentExists', message: text })).toBeUndefined();
    expect(byText(text)).toBe(true);
  });
});
