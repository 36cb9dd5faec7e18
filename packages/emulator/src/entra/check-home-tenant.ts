import type { Tenant } from '../core/directory-rows.js';
import type { SignInGrant } from '../core/sign-in-rows.js';
import type { Call } from '../http/call.js';
import { entraRefusal } from './entra-refusal.js';

/**
 * The tenant that somebody signed in to.
 *
 * @param named - the tenant in the path; undefined for `/common` and its like
 * @throws a refusal: AADSTS50020 where the path names another one
 */
export function checkHomeTenant(call: Call, named: Tenant | undefined, grant: SignInGrant): Tenant {
  const { store } = call.world;
  const home = store.get('tenants', grant.tenantId);
  if (home !== undefined && (named === undefined || named.id === home.id)) return home;
  const user = store.get('users', grant.userId)?.userPrincipalName ?? grant.userId;
  throw entraRefusal(50020, { user, tenant: named?.name ?? grant.tenantId, client: grant.clientId });
}
