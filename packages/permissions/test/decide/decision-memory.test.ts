import { createDecider, decide, type AccessRequest } from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Reach } from '../../src/decide/access-index.js';
import { createBoundedMap } from '../../src/decide/bounded-map.js';
import { createDecisionMemory } from '../../src/decide/decision-memory.js';
import { assign, deny, role, snapshot, workspace } from '../fixtures/snapshot.js';

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
    for (const scope of ['/a', '/a', '/b']) memory.reach(request({ scope }));
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
