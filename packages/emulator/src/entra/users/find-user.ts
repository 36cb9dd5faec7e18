import type { Tenant, User } from '../../core/directory-rows.js';
import { matchesSecret } from '../../core/secret-hash.js';
import type { Store } from '../../core/store.js';

/**
 * The user with that user principal name.
 *
 * @param tenantId - null for `/common` and its like: the name decides the tenant
 */
export function findUser(store: Store, tenantId: string | null, upn: string): User | undefined {
  const name = upn.trim().toLowerCase();
  return store
    .list('users')
    .find(
      (user) =>
        user.userPrincipalName.toLowerCase() === name && (tenantId === null || user.tenantId === tenantId),
    );
}

/** The tenant that a domain belongs to. */
export function tenantOfDomain(store: Store, upn: string): Tenant | undefined {
  const domain = upn.trim().toLowerCase().split('@')[1] ?? '';
  return store.list('tenants').find(({ domains }) => domains.includes(domain));
}

/** Whether the password is the user's. A user without one cannot sign in. */
export function matchesPassword(user: User, password: string): boolean {
  const { id, passwordHash } = user;
  return passwordHash !== null && matchesSecret({ keyId: id, hash: passwordHash }, password);
}
