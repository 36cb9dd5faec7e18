import { manualClock } from '@aml-auth/core/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createStore } from '../../src/core/store.js';

const tenant = (name: string) => ({ id: 'a', name, domains: [] });

const stores = () => {
  const clock = manualClock();
  const store = createStore(() => clock.now());
  return {
    clock,
    store,
    late: store.delayed(10_000),
    names: () => store.replica.list('tenants').map(({ name }) => name),
  };
};

test('without a delay the replica is the tables', () => {
  const { store, names } = stores();
  store.put('tenants', 'a', tenant('one'));
  expect(names()).toEqual(['one']);
  expect(store.replica.revision).toBe(store.revision);
});

test('a delayed row is in the tables at once and in the replica later, with a new revision', () => {
  const { clock, store, late, names } = stores();
  late.put('tenants', 'A', tenant('one'));
  expect(store.get('tenants', 'a')).toBeDefined();
  expect(store.replica.get('tenants', 'a')).toBeUndefined();
  expect(names()).toEqual([]);
  clock.advance(9_999);
  expect(names()).toEqual([]);
  const before = store.replica.revision;
  clock.advance(1);
  expect(store.replica.get('tenants', 'a')).toEqual(tenant('one'));
  expect(names()).toEqual(['one']);
  expect(store.replica.revision).toBeGreaterThan(before);
});

test('a changed row shows as it was, and a removed one stays, for as long as the delay', () => {
  const { clock, store, late, names } = stores();
  store.put('tenants', 'a', tenant('one'));
  late.put('tenants', 'a', tenant('two'));
  expect(names()).toEqual(['one']);
  clock.advance(10_000);
  expect(names()).toEqual(['two']);
  late.remove('tenants', 'a');
  expect(store.list('tenants')).toEqual([]);
  expect(names()).toEqual(['two']);
  clock.advance(10_000);
  expect(names()).toEqual([]);
});

test('a write without a delay waits for the earlier ones of its row', () => {
  const { clock, store, late, names } = stores();
  late.put('tenants', 'a', tenant('one'));
  store.put('tenants', 'a', tenant('two'));
  expect(names()).toEqual([]);
  clock.advance(10_000);
  expect(names()).toEqual(['two']);
});

test('what was seen is not hidden by a clock that goes back, and restoring ends all waiting', () => {
  const { clock, store, late, names } = stores();
  late.put('tenants', 'a', tenant('one'));
  clock.advance(10_000);
  expect(names()).toEqual(['one']);
  clock.setWallTime(0);
  expect(names()).toEqual(['one']);
  late.put('tenants', 'a', tenant('two'));
  store.restore(store.snapshot());
  expect(names()).toEqual(['two']);
});

test('whatever was written, the replica ends up as the tables', () => {
  const write = fc.record({
    key: fc.constantFrom('a', 'B', 'c'),
    name: fc.option(fc.string({ maxLength: 3 })),
    delay: fc.constantFrom(0, 5_000, 10_000),
    pause: fc.constantFrom(0, 3_000),
  });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
      const { clock, store } = stores();
      for (const { key, name, delay, pause } of writes) {
        if (name === null) store.delayed(delay).remove('tenants', key);
        else store.delayed(delay).put('tenants', key, tenant(name));
        clock.advance(pause);
      }
      clock.advance(10_000);
      const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
      expect(sorted(store.replica.list('tenants'))).toEqual(sorted(store.list('tenants')));
    }),
  );
});
