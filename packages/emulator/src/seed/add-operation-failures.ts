import { addOperationFailure } from '../core/operation-rows.js';
import type { Store } from '../core/store.js';
import type { SeedOperations } from './seed-operations.js';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Writes which operations are to fail. */
export function addOperationFailures(store: Store, seed: SeedOperations | undefined): void {
  for (const failure of seed?.fail ?? []) addOperationFailure(store, failure);
}

/** Milliseconds that an operation takes by the seed. */
export function operationDuration(seed: SeedOperations | undefined): number {
  const [, amount = '0', unit = 's'] = /^(\d+)([smh])$/.exec(seed?.duration ?? '0s') ?? [];
  return Number(amount) * (UNIT_MS[unit] ?? 0);
}
