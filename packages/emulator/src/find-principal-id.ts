import { isGuid } from '@aml-auth/core';

import type { Store } from './core/store.js';
import { notInEmulator, type Directory } from './directory.js';

/**
 * The object id of a user by user principal name, of an application by name (also `{tenant}/{name}`), or
 * of either, or of a managed identity, by that id.
 *
 * @throws {AmlAuthError} `AML_NOT_FOUND` where there is none
 */
export function findPrincipalId(
  store: Store,
  directory: Pick<Directory, 'app' | 'user'>,
  principal: string,
): string {
  if (isGuid(principal)) {
    const row = store.get('users', principal) ?? store.get('servicePrincipals', principal);
    if (row === undefined) throw notInEmulator('principal', principal);
    return row.id;
  }
  return principal.includes('@') ? directory.user(principal).id : directory.app(principal).objectId;
}
