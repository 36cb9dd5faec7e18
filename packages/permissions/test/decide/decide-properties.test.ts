import {
  decide,
  type AccessRequest,
  type AccessSnapshot,
  type PermissionEntry,
  type Verdict,
} from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { entry, everyone } from '../fixtures/snapshot.js';

const principal = fc.constantFrom('u', 'g1', 'g2');
const action = fc.constantFrom('P/a/read', 'P/a/write', 'P/b/read', 'P/a/b/read');
const pattern = fc.oneof(action, fc.constantFrom('*', '*/read', 'P/*', 'P/a/*', 'P/a/*/read', 'P/*/write'));
const granting = fc.array(pattern, { minLength: 1, maxLength: 2 });
const taking = fc.array(pattern, { maxLength: 1 });
const scope = fc.constantFrom(
  '/',
  '/subscriptions/1',
  '/subscriptions/1/x',
  '/subscriptions/10',
  '/MG/m',
  '/mg/n',
);
const TRUE = "ActionMatches{'*'}";
const FALSE = 'true BoolEquals false';
const condition = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom('c', TRUE, FALSE) },
);
const permissions = fc.array(
  fc
    .record({
      actions: granting,
      notActions: taking,
      dataActions: granting,
      notDataActions: taking,
      condition,
    })
    .map(entry),
  { minLength: 1, maxLength: 2 },
);
const assignment = fc.record({
  id: fc.constant('assignment'),
  scope,
  principalId: principal,
  roleDefinitionId: fc.constantFrom('r1', 'r1', 'r2', 'r2', 'missing'),
  condition,
});
const holder = fc.oneof(principal, fc.constant(everyone)).map((id) => ({ id }));
const denial = fc.record({
  id: fc.constant('deny'),
  denyAssignmentName: fc.constant('deny'),
  scope,
  doNotApplyToChildScopes: fc.boolean(),
  permissions,
  principals: fc.array(holder, { minLength: 1, maxLength: 2 }),
  excludePrincipals: fc.array(holder, { maxLength: 1 }),
  condition,
});
const roles = fc.tuple(permissions, permissions).map((lists) =>
  lists.map((list, index) => ({
    id: `r${String(index + 1)}`,
    roleName: 'Role',
    roleType: 'CustomRole' as const,
    permissions: list,
    assignableScopes: ['/'],
  })),
);
const snapshots = fc.record({
  roleDefinitions: roles,
  roleAssignments: fc.array(assignment, { maxLength: 4 }),
  denyAssignments: fc.array(denial, { maxLength: 1 }),
  memberOf: fc.dictionary(principal, fc.array(principal, { maxLength: 2 }), { maxKeys: 4 }),
  parents: fc.constantFrom(
    {},
    { '/subscriptions/1': '/mg/m' },
    { '/subscriptions/1': '/mg/m', '/mg/m': '/mg/n' },
  ),
});
const requests = fc.record({
  principalId: fc.constantFrom('u', 'u', 'g1'),
  action,
  scope: fc.constantFrom(
    '/subscriptions/1/x',
    '/subscriptions/1/x',
    '/subscriptions/1',
    '/subscriptions/10',
    '/mg/m',
  ),
  isDataAction: fc.boolean(),
});

/** Azure RBAC once more, slow and plain, sharing nothing with the code under test. */
function reference(state: AccessSnapshot, { principalId, scope: at, ...wanted }: AccessRequest): Verdict {
  const isData = wanted.isDataAction === true;
  const groups = new Set([principalId]);
  for (let size = 0; size !== groups.size;) {
    size = groups.size;
    for (const id of [...groups]) state.memberOf?.[id]?.forEach((group) => groups.add(group));
  }
  const reaches = (above: string, below: string, depth = 0): boolean => {
    const [long, short] = [below, above].map((text) => text.toLowerCase().split('/').filter(Boolean));
    if (short!.every((part, index) => long![index] === part)) return true;
    return Object.entries(state.parents ?? {}).some(
      ([child, parent]) => depth < 4 && reaches(child, below, depth + 1) && reaches(above, parent, depth + 1),
    );
  };
  const covers = (list: readonly string[]) =>
    list.some((text) =>
      new RegExp(`^${text.replace('/*/', '/(.+/)?').replace(/(^|\/)\*/, '$1.+')}$`, 'i').test(wanted.action),
    );
  const entries = (list: readonly PermissionEntry[], on: { condition?: string | undefined }) =>
    list
      .filter((one) => covers(isData ? one.dataActions : one.actions))
      .filter((one) => !covers(isData ? one.notDataActions : one.notActions))
      .filter((one) => one.condition !== FALSE && on.condition !== FALSE)
      .map((one) => one.condition !== 'c' && on.condition !== 'c');
  const denied = (state.denyAssignments ?? []).flatMap((deny) => {
    const same = deny.scope.toLowerCase() === at.toLowerCase();
    const here = deny.doNotApplyToChildScopes ? same : reaches(deny.scope, at);
    const named = deny.principals.some(({ id }) => id === everyone || groups.has(id));
    const spared = deny.excludePrincipals.some(({ id }) => groups.has(id));
    return here && named && !spared ? entries(deny.permissions, deny) : [];
  });
  if (denied.includes(true)) return 'denied';
  const found = state.roleAssignments.flatMap((given) => {
    if (!groups.has(given.principalId) || !reaches(given.scope, at)) return [];
    const role = state.roleDefinitions.find(({ id }) => id === given.roleDefinitionId);
    return role === undefined ? [false] : entries(role.permissions, given);
  });
  if (found.includes(true)) return denied.length > 0 ? 'unknown' : 'allowed';
  return found.length > 0 ? 'unknown' : 'notAllowed';
}

/** How much access a verdict is, for comparisons. */
const order: Readonly<Record<Verdict, number>> = { denied: 0, notAllowed: 0, unknown: 1, allowed: 2 };

describe('decide', () => {
  it('agrees with a plain evaluator on any snapshot', () => {
    const seen: Record<Verdict, number> = { allowed: 0, denied: 0, notAllowed: 0, unknown: 0 };
    fc.assert(
      fc.property(snapshots, requests, (state, request) => {
        const { verdict } = decide(state, request);
        seen[verdict] += 1;
        expect(verdict).toBe(reference(state, request));
      }),
      { numRuns: 5000 },
    );
    // A comparison that hardly meets a verdict says little about it.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });

  it('never loses access by one more role assignment', () => {
    fc.assert(
      fc.property(snapshots, requests, assignment, (state, request, more) => {
        const after = { ...state, roleAssignments: [...state.roleAssignments, more] };
        expect(order[decide(after, request).verdict]).toBeGreaterThanOrEqual(
          order[decide(state, request).verdict],
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('never gains access by one more deny assignment', () => {
    fc.assert(
      fc.property(snapshots, requests, denial, (state, request, more) => {
        const after = { ...state, denyAssignments: [...state.denyAssignments, more] };
        expect(order[decide(after, request).verdict]).toBeLessThanOrEqual(
          order[decide(state, request).verdict],
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('gives a proof with every verdict', () => {
    fc.assert(
      fc.property(snapshots, requests, (state, request) => {
        const { verdict, grants, denials, nearMisses } = decide(state, request);
        if (verdict === 'allowed') expect(grants.length).toBeGreaterThan(0);
        if (verdict === 'denied') expect(denials.length).toBeGreaterThan(0);
        if (verdict === 'notAllowed') expect(grants).toEqual([]);
        if (verdict === 'unknown') expect(denials.length + nearMisses.length).toBeGreaterThan(0);
      }),
    );
  });

  it('takes away by exclusions in their own entry only: another entry adds what it adds alone', () => {
    fc.assert(
      fc.property(permissions, permissions, requests, (first, second, request) => {
        const verdict = (...lists: readonly (readonly PermissionEntry[])[]) => {
          const role = { id: 'r1', roleName: 'R', roleType: 'CustomRole' as const, assignableScopes: ['/'] };
          const given = { id: 'a', scope: '/', principalId: request.principalId, roleDefinitionId: 'r1' };
          const state = {
            roleDefinitions: [{ ...role, permissions: lists.flat() }],
            roleAssignments: [given],
          };
          return order[decide(state, request).verdict];
        };
        expect(verdict(first, second)).toBe(Math.max(verdict(first), verdict(second)));
      }),
      { numRuns: 1000 },
    );
  });

  it('lets an assignment reach whatever is below: the higher it is, the more it gives', () => {
    const chain = ['/subscriptions/1/x/y', '/subscriptions/1/x', '/subscriptions/1', '/mg/m', '/mg/n', '/'];
    const parents = { '/subscriptions/1': '/mg/m', '/mg/m': '/mg/n' };
    fc.assert(
      fc.property(snapshots, assignment, requests, fc.nat(5), fc.nat(5), (state, given, request, a, b) => {
        const at = (index: number) => {
          const { roleDefinitions, memberOf } = state;
          const roleAssignments = [{ ...given, scope: chain[index]! }];
          return order[decide({ roleDefinitions, roleAssignments, memberOf, parents }, request).verdict];
        };
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not look at the case of operations, scopes and ids', () => {
    const upper = (id: string) => id.toUpperCase();
    fc.assert(
      fc.property(snapshots, requests, (state, request) => {
        const shouted: AccessRequest = {
          ...request,
          principalId: upper(request.principalId),
          action: upper(request.action),
          scope: upper(request.scope),
        };
        expect(decide(state, shouted).verdict).toBe(decide(state, request).verdict);
        const roleAssignments = state.roleAssignments.map((one) => ({
          ...one,
          scope: upper(one.scope),
          principalId: upper(one.principalId),
          roleDefinitionId: upper(one.roleDefinitionId),
        }));
        expect(decide({ ...state, roleAssignments }, request).verdict).toBe(decide(state, request).verdict);
      }),
      { numRuns: 1000 },
    );
  });
});
