import type { Call } from '../http/call.js';
import { entraRefusal } from './entra-refusal.js';
import { isTenantAlias } from './find-tenant.js';
import type { SignInClient } from './users/sign-in-client.js';

/**
 * Holds a client against the path: an application of one tenant cannot be used at `/common` and its like.
 *
 * @throws a refusal: AADSTS50194
 */
export function checkMultiTenant(call: Call, client: SignInClient): void {
  if (!isTenantAlias(call.segments[0] ?? '') || client.isMultiTenant) return;
  throw entraRefusal(50194, { client: client.clientId, name: client.displayName });
}
