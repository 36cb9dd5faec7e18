import { expect, test } from 'vitest';

import { createStore } from '../../src/core/store.js';

const tenant = (name: string) => ({ id: name, name, domains: [] });

test('keys are compared without case', () => {
  const store = createStore();
  store.put('tenants', 'ABC', tenant('abc'));
  expect(store.get('tenants', 'aBc')).toEqual(tenant('abc'));
  expect(store.remove('tenants', 'abc')).toBe(true);
  expect(store.remove('tenants', 'abc')).toBe(false);
  expect(store.list('tenants')).toEqual([]);
});

test('every write is in the journal and makes a new revision; reading does neither', () => {
  const store = createStore();
  store.put('tenants', 'a', tenant('a'));
  store.list('tenants');
  store.remove('tenants', 'nothing');
  const snapshot = store.snapshot();
  store.remove('tenants', 'a');
  store.restore(snapshot);
  expect(store.journal).toEqual([
    { sequence: 1, operation: 'put', table: 'tenants', key: 'a' },
    { sequence: 2, operation: 'remove', table: 'tenants', key: 'a' },
    { sequence: 3, operation: 'restore' },
  ]);
  expect(store.revision).toBe(3);
  expect(store.get('tenants', 'a')).toEqual(tenant('a'));
});

test('a snapshot does not change with the store, nor the store with a snapshot', () => {
  const store = createStore();
  store.put('tenants', 'a', tenant('a'));
  const snapshot = store.snapshot();
  store.put('tenants', 'b', tenant('b'));
  expect(Object.keys(snapshot.tables['tenants']!)).toEqual(['a']);
  store.restore(snapshot);
  (snapshot.tables['tenants'] as Record<string, unknown>)['c'] = tenant('c');
  expect(store.list('tenants')).toHaveLength(1);
});

test('what signing in leaves behind is bounded: the oldest goes, and nothing else does', () => {
  const store = createStore();
  for (let index = 0; index < 10_002; index += 1) {
    store.put('refreshTokens', `token ${index}`, { familyId: 'f', issuedAt: index });
    store.put('tenants', String(index), tenant(String(index)));
  }
  expect(store.list('refreshTokens')).toHaveLength(10_000);
  expect(store.get('refreshTokens', 'token 1')).toBeUndefined();
  expect(store.get('refreshTokens', 'token 2')).toEqual({ familyId: 'f', issuedAt: 2 });
  expect(store.list('tenants')).toHaveLength(10_002);
  store.put('refreshTokens', 'token 3', { familyId: 'g', issuedAt: 3 });
  expect(store.list('refreshTokens')).toHaveLength(10_000);
});
