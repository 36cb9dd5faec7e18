import { DIRECTORY_ROLES } from '../core/directory-roles.js';
import type { Tenant } from '../core/directory-rows.js';
import { idFor } from '../core/ids.js';
import { hashSecret } from '../core/secret-hash.js';
import type { Store } from '../core/store.js';
import { addNew } from './add-new.js';
import type { SeedUser } from './emulator-seed.js';
import { fullUpn } from './find-principal.js';

/** The last day that a date can stand for: no password unlocks an account before. */
const NEVER = 8.64e15;

/** Writes a user. */
export function addUser(store: Store, tenant: Tenant, seed: SeedUser): void {
  const userPrincipalName = fullUpn(seed.upn);
  const id = seed.id ?? idFor('tenant', tenant.name, 'user', userPrincipalName);
  const { state = 'active', roles } = seed;
  const row = {
    id,
    tenantId: tenant.id,
    userPrincipalName,
    displayName: seed.name ?? userPrincipalName.split('@')[0] ?? '',
    passwordHash: seed.password === undefined ? null : hashSecret(id, seed.password),
    mfa: seed.mfa ?? 'none',
    ...(state === 'disabled' ? { accountEnabled: false } : {}),
    ...(['password-expired', 'must-change-password'].includes(state) ? { mustChangePassword: true } : {}),
    ...(roles === undefined
      ? {}
      : { directoryRoles: roles.map((role) => DIRECTORY_ROLES.get(role) ?? role) }),
  };
  addNew(store, 'users', id, row, `user ${userPrincipalName}`);
  if (state === 'locked') store.put('signInFailures', id, { userId: id, hashes: [], lockedUntil: NEVER });
}
