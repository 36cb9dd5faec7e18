import { idFor } from '../core/ids.js';
import type { Store } from '../core/store.js';
import type { SeedStepUp } from './emulator-seed.js';

/** Whatever creates, changes and deletes. */
const WRITES = {
  arm: ['*/write', '*/delete'],
  graph: ['*.write', '*.create'],
} as const;

/** Writes what a service wants of the users of a tenant. */
export function addStepUp(store: Store, tenantId: string, seed: SeedStepUp): void {
  const { service, context, operations = WRITES[service] } = seed;
  const id = idFor('step-up', tenantId, service, context, ...operations);
  store.put('stepUps', id, { id, tenantId, service, context, operations });
}
