import {
  createDecider,
  decide,
  type AccessRequest,
  type PermissionEntry,
  type RoleDefinition,
} from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Reach } from '../../src/decide/access-index.js';
import { createBoundedMap } from '../../src/decide/bounded-map.js';
import { createDecisionMemory } from '../../src/decide/decision-memory.js';
import { createRoleJudge } from '../../src/decide/role-judge.js';
import { evaluatePermissions } from '../../src/decide/evaluate-permissions.js';
import { assign, deny, entry, role, snapshot, workspace } from '../fixtures/snapshot.js';

const nothing: Reach = { active: [], eligible: [], denials: [] };
const request = (part: Partial<AccessRequest> = {}): AccessRequest => ({
  principalId: 'user',
  action: 'P/read',
  scope: workspace,
  ...part,
});

const reads = role('Reads', { actions: ['P/read'], dataActions: ['D/read'] });
const limited = role('Limited', { actions: ['P/write'], condition: "@Resource[stage] StringEquals 'dev'" });
const state = snapshot(
  [reads, limited],
  [assign(reads), assign(limited), assign(reads, { principalId: 'other', scope: '/subscriptions/s1' })],
  { denyAssignments: [deny({ principals: [{ id: 'other' }], doNotApplyToChildScopes: true })] },
);

describe('createDecider', () => {
  it('answers each question as if it were the first', () => {
    const requests = fc.record({
      principalId: fc.constantFrom('user', 'USER', 'other', 'nobody'),
      action: fc.constantFrom('P/read', 'p/READ', 'P/write', 'D/read', '*'),
      scope: fc.constantFrom(workspace, `${workspace}/jobs/j`, '/subscriptions/s1', 'none'),
      isDataAction: fc.constantFrom(true, false, undefined),
      attributes: fc.constantFrom(
        undefined,
        {},
        { resource: { stage: 'dev' } },
        { resource: { stage: 'x' } },
      ),
    });
    const decider = createDecider(state);
    fc.assert(
      fc.property(requests, (one) => {
        const first = decider(one);
        expect(first).toEqual(decide(state, one));
        expect(decider(one)).toEqual(first);
        expect(decider(one).request).toBe(one);
      }),
      { numRuns: 1000 },
    );
  });
});

it('answers a question that recurs from memory, and one with facts anew', () => {
  const decider = createDecider(state);
  const question = { principalId: 'user', action: 'P/read', scope: workspace };
  expect(decider({ ...question }).grants).toBe(decider({ ...question }).grants);
  const facts = { ...question, attributes: {} };
  expect(decider({ ...facts }).grants).not.toBe(decider({ ...facts }).grants);
});

describe('createRoleJudge', () => {
  const settled = (truth: boolean) => () => ({ truth });
  const judged = (of: RoleDefinition, action: string | undefined, isDataAction = false) => {
    const judge = createRoleJudge();
    return [settled(true), settled(false)].map((settle) => judge(of, action, isDataAction, settle));
  };

  it('judges an operation once where no entry has a condition', () => {
    const [first, second] = judged(reads, 'p/read');
    expect(first).toMatchObject({ kind: 'granted' });
    expect(second).toBe(first);
    const judge = createRoleJudge();
    expect(judge(reads, 'd/read', false, settled(true))).toEqual({ kind: 'noMatch' });
    expect(judge(reads, 'd/read', true, settled(true))).toMatchObject({ kind: 'granted' });
    expect(judge(reads, 'p/read', false, settled(true))).toMatchObject({ kind: 'granted' });
  });

  it('judges anew where one entry of several has a condition', () => {
    const mixed = role('Mixed', { actions: ['P/read'] }, { actions: ['P/write'], condition: 'c' });
    expect(judged(mixed, 'p/write').map(({ kind }) => kind)).toEqual(['granted', 'unmet']);
  });

  it('finds nothing for what is no operation', () => {
    expect(judged(reads, undefined)).toEqual([{ kind: 'noMatch' }, { kind: 'noMatch' }]);
  });
});

describe('evaluatePermissions', () => {
  const kindOf = (...entries: readonly Partial<PermissionEntry>[]) => {
    const result = evaluatePermissions(entries.map(entry), 'p/a', false);
    return result.kind === 'noMatch' ? result.kind : `${result.kind} ${result.match.entry}`;
  };
  const zero = { actions: ['P/*/a'] };
  const plain = { actions: ['P/a'] };

  it('takes the best founded entry, and the first of equals', () => {
    expect(kindOf(zero, plain)).toBe('granted 1');
    expect(kindOf(plain, zero)).toBe('granted 0');
    expect(kindOf(plain, plain)).toBe('granted 0');
    expect(kindOf({ ...plain, condition: 'c' }, zero)).toBe('granted 1');
    expect(kindOf(zero, { ...plain, condition: 'c' })).toBe('granted 0');
    expect(kindOf({ ...plain, notActions: ['*'] }, { ...zero, condition: 'c' })).toBe('conditional 1');
  });

  it('takes an empty condition for none', () => {
    for (const condition of ['', ' ']) expect(kindOf({ ...plain, condition })).toBe('granted 0');
    expect(kindOf({ ...plain, condition: 'c' })).toBe('conditional 0');
  });
});

describe('createDecisionMemory', () => {
  const decision = (of: AccessRequest) => ({
    verdict: 'notAllowed' as const,
    request: of,
    grants: [],
    denials: [],
    nearMisses: [],
    eligible: [],
  });

  it('finds out once what bears on a principal at a scope', () => {
    const asked: string[] = [];
    const memory = createDecisionMemory((principalId, scope) => {
      asked.push(`${principalId} ${scope}`);
      return nothing;
    });
    for (const scope of ['/a', '/a', '/b', '/a', '/b']) memory.reach(request({ scope }));
    memory.reach(request({ principalId: 'other', scope: '/a' }));
    expect(asked).toEqual(['user /a', 'user /b', 'other /a']);
  });

  it('recalls a decision for the same operation in the same plane, about the request at hand', () => {
    const memory = createDecisionMemory(() => nothing);
    expect(memory.recall(request())).toBeUndefined();
    memory.remember(decision(request()));
    const again = request();
    expect(memory.recall(again)?.request).toBe(again);
    expect(memory.recall(request({ isDataAction: true }))).toBeUndefined();
    expect(memory.recall(request({ action: 'P/write' }))).toBeUndefined();
    expect(memory.recall(request({ principalId: 'other' }))).toBeUndefined();
  });

  it.each([{ attributes: {} }, { subOperation: null }])('keeps no decision that hangs on %j', (facts) => {
    const memory = createDecisionMemory(() => nothing);
    memory.remember(decision(request(facts)));
    expect(memory.recall(request())).toBeUndefined();
    memory.remember(decision(request()));
    expect(memory.recall(request(facts))).toBeUndefined();
  });

  it('forgets all when it is full, and goes on', () => {
    const memory = createDecisionMemory(() => nothing, 4);
    const actions = ['P/1', 'P/2', 'P/3', 'P/4'];
    const known = () => actions.filter((action) => memory.recall(request({ action })) !== undefined);
    for (const action of actions.slice(0, 3)) memory.remember(decision(request({ action })));
    expect(known()).toEqual(['P/1', 'P/2', 'P/3']);
    memory.remember(decision(request({ action: 'P/4' })));
    expect(known()).toEqual(['P/4']);
  });
});

describe('createBoundedMap', () => {
  it('holds as many entries as it may, and starts again with the next', () => {
    const map = createBoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('b', 3);
    expect([map.get('a'), map.get('b')]).toEqual([1, 3]);
    map.set('c', 4);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([undefined, undefined, 4]);
  });
});
