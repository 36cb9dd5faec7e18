import {
  builtInRoles,
  lintRole,
  lintSeverities,
  type LintedRole,
  type PermissionEntry,
} from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { entry, role } from '../fixtures/snapshot.js';

const ML = 'Microsoft.MachineLearningServices/workspaces';
const custom = (part: Partial<PermissionEntry>, more: Partial<LintedRole> = {}) => ({
  ...role('Custom', part),
  ...more,
});
const found = (given: LintedRole) => lintRole(given).map(({ code, part }) => [code, part]);

describe('lintRole', () => {
  it('has nothing to say about a plain role', () => {
    expect(found(custom({ actions: [`${ML}/read`, `${ML}/jobs/*`], dataActions: ['B/c/read'] }))).toEqual([]);
  });

  it('warns of operations that nobody published', () => {
    const actions = [
      `${ML}/experiments/jobs/read`,
      `${ML}/experiments/jobs/write`,
      `${ML}/metadata/codes/*/write`,
    ];
    expect(found(custom({ actions }))).toEqual(actions.map((action) => ['unknown-operation', action]));
    expect(found(custom({ actions: ['Contoso/unknown/read'] }))).toEqual([]);
  });

  it('finds exclusions that take nothing away', () => {
    const notActions = [`${ML}/computes/write`, `${ML}/jobs/delete`];
    expect(found(custom({ actions: [`${ML}/jobs/*`], notActions }))).toEqual([
      ['useless-exclusion', `${ML}/computes/write`],
    ]);
    expect(found(custom({ dataActions: ['B/read'], notDataActions: ['B/write'] }))).toEqual([
      ['useless-exclusion', 'B/write'],
    ]);
  });

  it('finds a role that can make its holder an owner, unless a condition limits it', () => {
    const actions = [`${ML}/read`, 'Microsoft.Authorization/roleAssignments/*'];
    expect(found(custom({ actions, notActions: [] }))).toEqual([
      ['assigns-roles', 'Microsoft.Authorization/roleAssignments/write'],
    ]);
    expect(found(custom({ actions, condition: "ActionMatches{'*/read'}" }))).toEqual([]);
  });

  it('finds the secrets that a wildcard over reads includes, and what rests on an unwritten rule', () => {
    expect(found(custom({ actions: [`${ML}/*/read`] }))).toEqual([
      ['zero-segment', `${ML}/*/read`],
      ['secrets-by-read', `${ML}/listNotebookAccessToken/read`],
      ['secrets-by-read', `${ML}/listNotebookKeys/read`],
      ['secrets-by-read', `${ML}/metadata/secrets/read`],
    ]);
    expect(found(custom({ actions: [`${ML}/metadata/secrets/read`] }))).toEqual([]);
    expect(found(custom({ actions: [`${ML}/metadata/secrets/read`, 'Contoso/*/read'] }))).toEqual([]);
  });

  it('finds patterns that Azure refuses, or that another one covers', () => {
    expect(found(custom({ actions: ['Contoso/*/a/*'] }))).toEqual([['two-wildcards', 'Contoso/*/a/*']]);
    expect(found(custom({ actions: ['Contoso/re*'] }))).toEqual([['partial-wildcard', 'Contoso/re*']]);
    expect(found(custom({ actions: ['Contoso/a/read', 'Contoso/*', 'contoso/*'] }))).toEqual([
      ['covered-pattern', 'Contoso/a/read'],
      ['covered-pattern', 'contoso/*'],
    ]);
  });

  it('holds scopes, names and conditions against the limits of Azure', () => {
    const group = '/providers/Microsoft.Management/managementGroups/';
    const part = { dataActions: ['B/read'] };
    expect(found(custom(part, { assignableScopes: [] }))).toEqual([['no-scope', undefined]]);
    expect(found(custom({ actions: ['B/read'] }, { assignableScopes: ['/', '/subscriptions/*'] }))).toEqual([
      ['root-scope', '/'],
      ['root-scope', '/subscriptions/*'],
    ]);
    expect(found(custom(part, { assignableScopes: [`${group}a`, `${group}b`] }))).toEqual([
      ['several-management-groups', `${group}b`],
      ['data-actions-at-management-group', `${group}a`],
    ]);
    const long = { roleName: 'n'.repeat(513), description: 'd'.repeat(2049) };
    expect(found(custom(part, long)).map(([code]) => code)).toEqual([
      'name-too-long',
      'description-too-long',
    ]);
    expect(found(custom({ ...part, condition: 'nonsense' }))).toEqual([['bad-condition', 'nonsense']]);
    expect(found(custom({}))).toEqual([['empty-entry', undefined]]);
  });

  it('allows what is just within the limits', () => {
    const group = '/providers/Microsoft.Management/managementGroups/a';
    const just = { roleName: 'n'.repeat(512), description: 'd'.repeat(2048), assignableScopes: [group] };
    expect(found(custom({ actions: ['B/read'] }, just))).toEqual([]);
    const mixed = role('Mixed', { actions: ['B/read'] }, { dataActions: ['B/read'] });
    expect(found({ ...mixed, assignableScopes: [group] })).toEqual([
      ['data-actions-at-management-group', group],
    ]);
  });

  it('says in a sentence what it is about', () => {
    const group = '/providers/Microsoft.Management/managementGroups/';
    const messages = lintRole(
      custom(
        { actions: [`${ML}/nothing/read`], dataActions: ['B/read'] },
        {
          roleName: 'n'.repeat(513),
          description: 'd'.repeat(2049),
          assignableScopes: [`${group}a`, `${group}b`],
        },
      ),
    ).map(({ code, message }) => `${code}: ${message}`);
    expect(messages).toEqual([
      'name-too-long: The name has more than 512 characters.',
      'description-too-long: The description has more than 2048 characters.',
      expect.stringMatching(/^several-management-groups: .+ one management group only\.$/),
      expect.stringMatching(/^data-actions-at-management-group: .+ only below\.$/),
      expect.stringMatching(/^unknown-operation: No published operation/),
    ]);
  });

  it('knows a severity for every finding, and finds no error in built-in roles but their root scope', () => {
    const codes = builtInRoles
      .flatMap((one) => [...lintRole(one)])
      .filter(({ severity }) => severity === 'error');
    expect(new Set(codes.map(({ code }) => code))).toEqual(new Set(['root-scope']));
    for (const { code, severity } of codes) expect(severity).toBe(lintSeverities[code]);
  });

  it('never throws', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('*', '', `${ML}/*/read`, 'a/*/b/*'));
    const list = fc.array(text, { maxLength: 3 });
    fc.assert(
      fc.property(list, list, list, text, text, (actions, notActions, dataActions, condition, scope) => {
        const permissions = [entry({ actions, notActions, dataActions, condition })];
        const findings = lintRole({
          roleName: 'R',
          roleType: 'CustomRole',
          permissions,
          assignableScopes: [scope],
        });
        for (const { message } of findings) expect(message).not.toBe('');
      }),
    );
  });
});
