import fc from 'fast-check';
import { expect, test } from 'vitest';

import { finishDue } from '../../src/arm/operations/finish-due.js';
import { provisioningState } from '../../src/arm/operations/operation-state.js';
import type { ArmOperation } from '../../src/core/operation-rows.js';
import { createStore } from '../../src/core/store.js';

const operation = (id: string, more: Partial<ArmOperation> = {}): ArmOperation => ({
  id,
  tenantId: 't',
  subscriptionId: 's',
  kind: 'computeOperations',
  location: 'westeurope',
  resourceId: '/subscriptions/s/resourceGroups/g/providers/N/t/a',
  ownerId: 'o',
  startedAt: 0,
  endsAt: 1_000,
  runningState: 'Creating',
  outcome: 'Succeeded',
  isFinished: false,
  error: null,
  result: { from: 'resource' },
  onSuccess: [],
  onFailure: [],
  ...more,
});

test('a resource is in the state of its latest operation, whatever the time is asked in steps of', () => {
  const outcome = fc.constantFrom('Succeeded', 'Failed', 'Canceled') as fc.Arbitrary<ArmOperation['outcome']>;
  const rows = fc.array(fc.record({ outcome, endsAt: fc.integer({ min: 0, max: 100 }) }), { maxLength: 8 });
  fc.assert(
    fc.property(rows, fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }), (list, steps) => {
      const store = createStore();
      for (const [index, row] of list.entries())
        store.put('operations', `o${index}`, operation(`o${index}`, row));
      let now = 0;
      for (const step of steps) {
        now += step;
        finishDue(store, now);
        const last = list.at(-1);
        const expected = last === undefined ? 'Succeeded' : last.endsAt <= now ? last.outcome : 'Creating';
        expect(provisioningState(store, operation('x').resourceId.toUpperCase())).toBe(expected);
      }
    }),
  );
});

test('changes of rows are made once, in the order in which operations end', () => {
  const store = createStore();
  store.put('tenants', 't', { id: 't', name: 'first', domains: [] });
  const rename = (name: string) =>
    ({ change: 'merge', table: 'tenants', key: 't', fields: { name } }) as const;
  store.put('operations', 'late', operation('late', { endsAt: 20, onSuccess: [rename('late')] }));
  store.put('operations', 'early', operation('early', { endsAt: 10, onSuccess: [rename('early')] }));
  finishDue(store, 20);
  expect(store.get('tenants', 't')).toEqual({ id: 't', name: 'late', domains: [] });
  store.put('tenants', 't', { id: 't', name: 'later', domains: [] });
  finishDue(store, 30);
  expect(store.get('tenants', 't')?.name).toBe('later');
});

test('a row that is gone stays so, and a failure makes the changes of failures', () => {
  const store = createStore();
  store.put('tenants', 'u', { id: 'u', name: 'u', domains: [] });
  const onSuccess = [{ change: 'remove', table: 'tenants', key: 'u' }] as const;
  const onFailure = [{ change: 'merge', table: 'tenants', key: 'gone', fields: { name: 'x' } }] as const;
  store.put('operations', 'o', operation('o', { outcome: 'Failed', onSuccess, onFailure }));
  finishDue(store, 1_000);
  expect(store.list('tenants').map(({ id }) => id)).toEqual(['u']);
});

test('no more than a thousand that have ended are remembered, and all failures that last', () => {
  const store = createStore();
  const failed = operation('failed', { outcome: 'Failed', resourceId: '/failed' });
  store.put('operations', 'failed', failed);
  for (let index = 0; index < 1_500; index += 1) {
    store.put('operations', `o${index}`, operation(`o${index}`, { resourceId: `/r${index}` }));
  }
  finishDue(store, 1_000);
  expect(store.list('operations')).toHaveLength(1_001);
  expect(store.get('operations', 'o1499')).toBeDefined();
  expect(provisioningState(store, '/failed')).toBe('Failed');
});
