import type { Clock } from '@aml-auth/core';

import { idFor } from '../core/ids.js';
import type { Store } from '../core/store.js';
import { addNew } from './add-new.js';
import type { SeedNamedLocation } from './emulator-seed.js';

/** Writes a place that policies can name. */
export function addNamedLocation(
  store: Store,
  tenant: string,
  tenantId: string,
  { name, id: given, ranges, trusted = false }: SeedNamedLocation,
  clock: Clock,
): void {
  const id = given ?? idFor('tenant', tenant, 'location', name);
  const times = { createdAt: clock.now(), modifiedAt: null };
  const row = { id, tenantId, displayName: name, ranges, isTrusted: trusted, ...times };
  addNew(store, 'namedLocations', id, row, `named location ${name}`);
}
