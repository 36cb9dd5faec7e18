import type { Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { isOwnAuthority } from '../../http/own-hosts.js';
import { lookUpTenant } from '../find-tenant.js';

/** What may follow the tenant: the token endpoints and the issuer of v2. */
const PATHS = new Set(['oauth2/token', 'oauth2/v2.0/token', 'v2.0']);

/**
 * Whether an assertion with this `aud` is meant for the tenant's token endpoints: one of them, the
 * issuer, or the root of the host, by any name of the emulator and of the tenant.
 */
export function isOwnAudience(call: Call, tenant: Tenant, audience: string): boolean {
  const url = URL.parse(audience);
  if (url?.protocol !== 'https:' || url.search !== '' || url.hash !== '' || url.username !== '') return false;
  const [name, ...rest] = url.pathname.split('/').filter((segment) => segment !== '');
  const isHere = name !== undefined && lookUpTenant(call.world.store, name)?.id === tenant.id;
  if (url.host === 'sts.windows.net') return isHere && rest.length === 0;
  if (!isOwnAuthority(call.world.hosts, url.host)) return false;
  return name === undefined || (isHere && PATHS.has(rest.join('/').toLowerCase()));
}
