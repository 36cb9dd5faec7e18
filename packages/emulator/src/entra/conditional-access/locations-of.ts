import { isInRanges } from '../../core/address-ranges.js';
import type { Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { addressOf } from '../address-of.js';

/** The named locations of a tenant that a request comes from, and `alltrusted` where one of them is trusted. */
export function locationsOf(call: Call, tenant: Tenant): ReadonlySet<string> {
  const own = call.world.store.list('namedLocations').filter(({ tenantId }) => tenantId === tenant.id);
  if (own.length === 0) return new Set();
  const address = addressOf(call);
  const here = own.filter(({ ranges }) => isInRanges(ranges, address));
  const trusted = here.some(({ isTrusted }) => isTrusted) ? ['alltrusted'] : [];
  return new Set([...here.map(({ id }) => id), ...trusted]);
}
