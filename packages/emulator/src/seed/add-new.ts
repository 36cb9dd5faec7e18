import type { Store } from '../core/store.js';
import type { Tables } from '../core/tables.js';
import { invalidSeed } from './invalid-seed.js';

/** Adds a row whose key must be new. */
export function addNew<T extends keyof Tables>(
  store: Store,
  table: T,
  key: string,
  row: Tables[T],
  what: string,
): void {
  if (store.get(table, key) !== undefined) throw invalidSeed(`There are two of ${what}.`);
  store.put(table, key, row);
}
