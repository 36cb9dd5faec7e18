import { readSpan } from '../core/read-span.js';
import { addOperationFailure } from '../core/operation-rows.js';
import type { Store } from '../core/store.js';
import type { SeedOperations } from './seed-operations.js';

/** Writes which operations are to fail. */
export function addOperationFailures(store: Store, seed: SeedOperations | undefined): void {
  for (const failure of seed?.fail ?? []) addOperationFailure(store, failure);
}

/** Milliseconds that an operation takes by the seed. */
export function operationDuration(seed: SeedOperations | undefined): number {
  return readSpan(seed?.duration ?? '0s') ?? 0;
}
