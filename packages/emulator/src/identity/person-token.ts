import type { User } from '../core/directory-rows.js';
import type { IssuedToken } from '../entra/sign-access-token.js';
import { issueUserToken } from '../entra/users/issue-user-token.js';
import type { HostContext } from './host-context.js';

/** The person behind an object id; undefined where there is none. */
export function personOf({ call }: HostContext, id: string | null | undefined): User | undefined {
  return id === null || id === undefined ? undefined : call.world.store.get('users', id);
}

/**
 * The token of a person from an endpoint of a host.
 *
 * @param clientId - the application through which Azure gets it for the person
 */
export function personToken(
  { call }: HostContext,
  user: User,
  clientId: string,
  audience: string,
): Promise<IssuedToken> {
  const tenant = call.world.store.get('tenants', user.tenantId);
  if (tenant === undefined) throw new Error(`The tenant of ${user.userPrincipalName} is gone.`);
  return issueUserToken(call, {
    tenant,
    user,
    clientId,
    audience,
    proof: '0',
    scopes: ['user_impersonation'],
    amr: ['pwd'],
    cae: false,
  });
}
